import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ProcessPayment } from '@longhaul/contracts';
import { House, outcomeWithoutSkipping, runModes } from '@longhaul/testing';
import { describe, it } from 'vitest';
import { aPayment, paymentWorkers } from '../payment.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';

describe.each(runModes)('perf (%s)', (mode) => {
  it('x', { timeout: 200_000 }, async () => {
    const t0 = performance.now();
    const say = (what: string) => appendFileSync('/tmp/say.log', [mode, what, Math.round(performance.now() - t0), 'cpu', Math.round((process.cpuUsage().user+process.cpuUsage().system)/1000)].join(' ')+'\n');
    const house = await House.open(mode, await paymentWorkers());
    hearPaystack(house);
    say('open');
    const fastPath = mode === 'cached';
    for (let round = 0; round < Number(process.env.R ?? 6); round += 1) {
      const pays = await Promise.all(Array.from({ length: 10 }, () => house.start(ProcessPayment, aPayment({ user: Math.random() < 0.5 ? 'u-ada' : 'u-pending' }), { fastPath })));
      const answers = Promise.all(pays.map(async (run) => { await pause(Math.random() * 1500); return Math.random() < 0.5 ? run.signal('cancel', {}) : run.executeUpdate('cancel', { args: [{}] as never }).catch((e: unknown) => String(e)); }));
      let over = 0;
      const outcomes: string[] = [];
      const done = pays.map((p) => outcomeWithoutSkipping(house.environment, p as never).then((o) => { over += 1; outcomes.push((o as { status: string }).status); }));
      const t = performance.now();
      while (over < 10 && performance.now() - t < 25_000) { await house.environment.sleep(2000); await house.sandbox.webhooks.drained(); await pause(5); }
      say('round ' + over + ' ' + outcomes.join());
      if (over < 10) { for (const p of pays) { const d = await p.describe(); if (d.status.name === 'RUNNING') { const { events } = await p.fetchHistory(); say((events ?? []).map((e) => Object.keys(e).filter((k) => k.endsWith('Attributes')).join() + (e.workflowTaskFailedEventAttributes ? JSON.stringify(e.workflowTaskFailedEventAttributes).slice(0, 300) : '')).slice(-12).join('\n')); } } break; }
      await Promise.all(done); await answers;
    }
    await house.judge().catch((e: unknown) => say(String(e).slice(0, 3000)));
    say('judged');
    await house.close();
    say('closed');
  });
});
