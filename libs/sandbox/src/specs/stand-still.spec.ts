import { expect, it } from 'vitest';
import { describeWithSandbox, effectsOn, fare, fresh } from './harness.fixture.ts';

const seen: string[] = [];
let effects: () => Promise<readonly string[]> = () => Promise.resolve([]);

describeWithSandbox(
  'A clock that skips',
  (at) => {
    it('is held still from before a delay until its work is committed', async () => {
      const chargeId = fresh('charge');
      effects = () => effectsOn(at(), chargeId);
      at().sandbox.faults.set({ seed: 1, rules: [{ kind: 'delay', delayMs: 50, attempts: { to: 1 } }] });
      const charge = { chargeId, user: fresh('u'), fare };
      await at().post('/payment/charges', charge, { key: 'late' });
      await at().post('/payment/charges', charge, { key: 'late' });
      expect(seen).toEqual(['still: nothing', 'goes on: charge-captured']);
    });
  },
  {
    standStill: async () => {
      seen.push(`still: ${(await effects()).join() || 'nothing'}`);
      return async () => void seen.push(`goes on: ${(await effects()).join()}`);
    },
  },
);
