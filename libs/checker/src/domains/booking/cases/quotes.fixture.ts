import { drop, row, runOf, type Case } from '../../../fixtures/case.fixture.ts';

export const quoteCases: readonly Case[] = [
  {
    speaks: 'booking 14',
    when: 'a seat was held without a quote',
    naming: 'hold-u-r1.r1',
    change: ({ sandbox }) =>
      drop(sandbox.journal, (entry) => entry.effect === 'quote-made' && entry.quoteId === 'quote-r1'),
  },
  {
    speaks: 'booking 14',
    when: 'the quote had expired when the seat was held',
    naming: 'hold-u-r1.r1',
    change: (evidence) => (row(evidence, 'quote-made', 'quote-r1').expiresAt = '2026-11-21T10:00:00.000Z'),
  },
  {
    speaks: 'booking 14',
    when: 'a seat was paid with the lower amount that its user sent',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (row(evidence, 'quote-made', 'quote-r1').fare.amount = 9000),
  },
  {
    speaks: 'booking 14',
    when: 'the charge differs from the accepted quote',
    naming: 'charge-u-r3.r3',
    change: (evidence) => {
      row(evidence, 'charge-captured', 'charge-u-r3.r3').money.amount = 4499;
      row(evidence, 'charge-refunded', 'charge-u-r3.r3').money.amount = 4499;
    },
  },
  {
    speaks: 'booking 14',
    when: "a user held a seat on another's quote",
    naming: 'u-eve',
    change: (evidence) => (row(evidence, 'quote-made', 'quote-r1').user = 'u-eve'),
  },
  {
    speaks: 'booking 14',
    when: 'the quote was for another trip',
    naming: 'hold-u-r1.r1',
    change: (evidence) => (row(evidence, 'quote-made', 'quote-r1').trip.bus = 'b-2'),
  },
  {
    speaks: 'booking 14',
    when: 'one quote was used for two seats',
    naming: 'hold-u-r1.r1, hold-u-r4.r4',
    change: (evidence) => (row(evidence, 'seat-held', 'hold-u-r4.r4').quoteId = 'quote-r1'),
  },
  {
    speaks: 'booking 14',
    when: 'the input names another quote than the hold',
    naming: 'booking-u-r1.r1',
    change: (evidence) => {
      const run = runOf(evidence, 'booking-u-r1.r1');
      run.input = { ...(run.input as object), quoteId: 'quote-x' };
      for (const answer of evidence.answers) {
        if (answer.workflowId === 'booking-u-r1.r1' && answer.call === 'start') answer.input = run.input;
      }
    },
  },
  {
    speaks: 'X3',
    when: 'the key of a quote had another effect',
    naming: 'asked-by-u-r1',
    change: ({ sandbox }) => {
      const asked = sandbox.calls.find(({ key }) => key === 'asked-by-u-r1')!;
      sandbox.calls.push({ ...asked, seq: 1_000, route: 'POST /charges' });
    },
  },
];
