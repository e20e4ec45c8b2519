import { BookRide } from '@longhaul/contracts';
import { houseFor } from '@longhaul/testing';
import { describe, expect, it } from 'vitest';
import { aRide, bookingWorkers } from '../booking.fixture.ts';

const task = ['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'];
const regular = ['ACTIVITY_TASK_SCHEDULED', 'ACTIVITY_TASK_STARTED', 'ACTIVITY_TASK_COMPLETED', ...task];
const local = 'MARKER_RECORDED';
const [start, end] = ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_COMPLETED'];

describe('the history of a ride that goes well', () => {
  const house = houseFor('cached', bookingWorkers);

  async function historyOf(fastPath: boolean) {
    const run = await house().start(BookRide, aRide(house()), { fastPath });
    expect(await run.result()).toMatchObject({ status: 'confirmed', notice: 'sent' });
    const [history, { historySize }] = await Promise.all([run.fetchHistory(), run.describe()]);
    const { events } = JSON.parse(JSON.stringify(history)) as { events: { eventType: string }[] };
    return { events: events.map(({ eventType }) => eventType.replace('EVENT_TYPE_', '')), bytes: historySize! };
  }

  it('on the fast path has 20 events: three steps in its first task, then the manifest and the notice', async () => {
    const { events, bytes } = await historyOf(true);
    expect(events).toEqual([start, ...task, local, local, local, ...regular, ...regular, end]);
    expect(events).toHaveLength(20);
    expect(bytes).toBeLessThan(5_200);
  });

  it('without the fast path has 35 events: a task of its own for each of the five steps', async () => {
    const { events, bytes } = await historyOf(false);
    expect(events).toEqual([start, ...task, ...Array.from({ length: 5 }, () => regular).flat(), end]);
    expect(events).toHaveLength(35);
    expect(bytes).toBeLessThan(7_600);
  });
});
