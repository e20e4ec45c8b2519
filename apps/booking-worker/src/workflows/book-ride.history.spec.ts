import { readHistories } from '@longhaul/testing/histories';
import { describe, expect, it } from 'vitest';

const task = ['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'];
const regular = ['ACTIVITY_TASK_SCHEDULED', 'ACTIVITY_TASK_STARTED', 'ACTIVITY_TASK_COMPLETED', ...task];
const local = 'MARKER_RECORDED';
const [start, end] = ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_COMPLETED'];

/** Of recorded runs: that today's story would write the same is the replay's to say (`replay.spec.ts`). */
describe('the history of a ride that goes well', () => {
  const histories = readHistories(new URL('../../histories/', import.meta.url));

  function historyOf(run: string) {
    const events = histories.find(({ name }) => name === run)!.history.events;
    return {
      events: events.map(({ eventType }) => String(eventType).replace('EVENT_TYPE_', '')),
      letters: JSON.stringify(events).length,
    };
  }

  it('on the fast path has 20 events: three steps in its first task, then the manifest and the notice', () => {
    const { events, letters } = historyOf('ride-confirmed');
    expect(events).toEqual([start, ...task, local, local, local, ...regular, ...regular, end]);
    expect(events).toHaveLength(20);
    expect(letters).toBeLessThan(10_000);
  });

  it('without the fast path has 35 events: a task of its own for each of the five steps', () => {
    const { events, letters } = historyOf('ride-confirmed-patient');
    expect(events).toEqual([start, ...task, ...Array.from({ length: 5 }, () => regular).flat(), end]);
    expect(events).toHaveLength(35);
    expect(letters).toBeLessThan(16_000);
  });
});
