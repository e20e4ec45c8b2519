import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ProcessPayment, TopUpWallet } from '@longhaul/contracts';
import { House, outcomeWithoutSkipping, runModes } from '@longhaul/testing';
import { describe, it } from 'vitest';
import { aPayment, aTopUp, paymentWorkers } from '../payment.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';

describe.each(runModes)('perf (%s)', (mode) => {
  it('x', { timeout: 200_000 }, async () => {
    const t0 = performance.now();
    const say = (what: string) =>
      appendFileSync(
        '/tmp/say.log',
        [
          mode,
          what,
          Math.round(performance.now() - t0),
          'cpu',
          Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000),
        ].join(' ') + '\n',
      );
    const house = await House.open(mode, await paymentWorkers());
    hearPaystack(house);
    say('open');
    const n = Number(process.env.N ?? 10);
    const fastPath = mode === 'cached';
    const tops = await Promise.all(Array.from({ length: n }, () => house.start(TopUpWallet, aTopUp(), { fastPath })));
    const checkouts = await Promise.all(tops.map((t) => t.executeUpdate('checkout', { args: [{}] as never })));
    say('checkouts');
    const pays = await Promise.all(
      Array.from({ length: n }, () => house.start(ProcessPayment, aPayment({ merchant: 'm-flaky' }), { fastPath })),
    );
    await pause(Number(process.env.P ?? 300));
    say('started payments');
    await house.replaceWorkers();
    say('replaced');
    for (const c of checkouts) await house.sandbox.pay((c as { reference: string }).reference);
    say('paid');
    await house.sandbox.webhooks.drained();
    say('drained');
    await house.replaceWorkers();
    say('replaced');
    let over = false;
    const all = Promise.all([...pays, ...tops].map((p) => outcomeWithoutSkipping(house.environment, p as never))).then(
      () => {
        over = true;
      },
    );
    while (!over) {
      const t = performance.now();
      await house.environment.sleep(1000);
      say('  slept ' + Math.round(performance.now() - t));
      await house.sandbox.webhooks.drained();
      await pause(5);
    }
    await all;
    say('done');
    await house.judge().catch((e: unknown) => say(String(e).slice(0, 3000)));
    say('judged');
    await house.close();
    say('closed');
  });
});
