import { describe, expect, it } from 'vitest';
import { groupOf, idle } from './groups.ts';

const frame = (functionName: string, url = '') => ({ functionName, url });

describe('a sample of a profile', () => {
  it('belongs to the work for which it was done, or else to the owner of the code', () => {
    const stack = [
      frame('parse'),
      frame('transformResponse', '/repo/node_modules/axios/lib/defaults/index.js'),
      frame('chargeFare', '/repo/apps/booking-worker/src/activities.ts'),
    ];
    expect(groupOf(stack)).toBe('axios and HTTP');
    expect(groupOf(stack.slice(2))).toBe("kit's worker code");
    expect(groupOf([frame('runProcess', '/repo/libs/process-kit/src/run-process.ts')])).toBe("kit's worker code");
    expect(groupOf([frame('createLog', '/repo/libs/process-kit/src/log.ts')])).toBe('logging');
  });

  it('of a watchdog does not belong to the work inside the watched call', () => {
    expect(groupOf([frame('runInContext'), frame('activate', '/n/@temporalio/worker/lib/workflow/vm.js')])).toMatch(
      'vm',
    );
    expect(groupOf([frame('add', '/repo/libs/workflow-kit/src/undos.ts'), frame('runInContext')])).toMatch(
      'workflow code',
    );
  });

  it('without a group is counted, too', () => {
    expect(groupOf([frame('main', 'file:///elsewhere.js')])).toBe('rest');
  });

  it('of waiting is idle, and of garbage collection is not', () => {
    expect(idle(frame('(idle)'))).toBe(true);
    expect(idle(frame('(garbage collector)'))).toBe(false);
  });
});
