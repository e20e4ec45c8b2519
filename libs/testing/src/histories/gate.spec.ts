import { contracts, Queue } from '@longhaul/contracts';
import { describe, expect, it } from 'vitest';
import { missingFrom, patchesIn } from './gate.ts';
import { readHistories, type RecordedHistory } from './recorded.ts';

const recorded = readHistories(new URL('../../../../apps/booking-worker/histories/', import.meta.url));
const ours = contracts.filter(({ queue }) => queue === Queue.booking);

describe('the gate of recorded runs', () => {
  const missingWithout = (kind: RegExp) =>
    missingFrom(
      recorded.filter(({ name }) => !kind.test(name)),
      { contracts: ours, patches: [] },
    );

  it('passes with a complete set', () => {
    expect(missingWithout(/^$/)).toEqual([]);
  });

  it.each([
    [/^cancellation-/, 'cancelBooking with the outcome status "cancelled"'],
    [/^cancellation-/, 'cancelBooking with the step stopBookingUnderWay'],
    [/sold-out/, 'bookRide with the outcome status "sold-out"'],
    [/renewed|lapsed/, 'bookRide with the step renewHold'],
    [/^ride-(refused|cancelled|undo|parked)/, 'bookRide with the step takeOffManifest'],
    [/signal|before-it-began|too-late/, 'bookRide with the signal cancel'],
    [/cancelled/, 'bookRide with the update cancel'],
    [/^ride-.*cancelled/, 'bookRide with the update cancel answered answer "accepted"'],
    [/by-signal/, 'cancelBooking with the signal resolve'],
    [/^ride-.*settled/, 'bookRide with the update resolve of action "settled"'],
    [/^cancellation-.*retried/, 'cancelBooking with the update resolve of action "retry"'],
  ])('without the runs like %s names what is missing: %s', (kind, words) => {
    expect(missingWithout(kind)).toContain(words);
  });

  it('names everything if nothing is recorded', () => {
    const missing = missingFrom([], { contracts: ours, patches: ['lower-fare'] });
    expect(missing).toEqual(
      expect.arrayContaining(['bookRide with the signal cancel', 'cancelBooking with the step readBooking']),
    );
    expect(missing).toContain('patch lower-fare');
  });

  it('finds the patches in a source, whichever quotes it uses', () => {
    expect(patchesIn(`if (patched('a')) x(); deprecatePatch(\n  "b c");unpatched('d')`)).toEqual(['a', 'b c']);
  });

  it('recognises a patch by its marker', () => {
    const data = Buffer.from(JSON.stringify({ id: 'lower-fare', deprecated: false })).toString('base64');
    const [ride] = recorded as [RecordedHistory];
    const marker = { markerName: 'core_patch', details: { 'patch-data': { payloads: [{ data }] } } };
    const event = { ...ride.history.events[0], workflowExecutionStartedEventAttributes: null };
    const patched = {
      ...ride,
      history: { events: [...ride.history.events, { ...event, markerRecordedEventAttributes: marker }] },
    };
    expect(missingFrom([ride], { contracts: [], patches: ['lower-fare'] })).toEqual(['patch lower-fare']);
    expect(missingFrom([patched], { contracts: [], patches: ['lower-fare'] })).toEqual([]);
  });
});
