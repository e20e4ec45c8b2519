import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ProcessPayment, TopUpWallet } from '@longhaul/contracts';
import { House, outcomeWithoutSkipping, runModes } from '@longhaul/testing';
import { describe, it } from 'vitest';
import { aPayment, aTopUp, paymentWorkers } from '../payment.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';

describe.each(runModes)('perf (%s)', (mode) => {
  it('x', { timeout: 200_000 }, async () => {
    const t0 = performance.now();
    const say = (what: string) => appendFileSync('/tmp/say.log', [mode, what, Math.round(performance.now() - t0), 'cpu', Math.round((process.cpuUsage().user+process.cpuUsage().system)/1000)].join(' ')+'\n');
    const children = () => { for (const p of readdirSync('/proc')) { if (!/^\d+$/.test(p)) continue; try { const f = readFileSync(`/proc/${p}/stat`, 'utf8'); const r = f.slice(f.lastIndexOf(')') + 2).split(' '); if (Number(r[1]) === process.pid) say('child ' + f.slice(0, 30) + ' ' + (Number(r[11]) + Number(r[12])) * 10); } catch {} } };
    const house = await House.open(mode, await paymentWorkers(), 'real');
    hearPaystack(house);
    say('open'); children();
    const fastPath = true;
    const n = Number(process.env.N ?? 40);
    let open = 0; let total = 0;
    const all: Promise<void>[] = [];
    const outcomes = new Map<string, number>();
    const end = async (p: unknown) => { const o = await outcomeWithoutSkipping(house.environment, p as never) as { status: string }; outcomes.set(o.status, (outcomes.get(o.status) ?? 0) + 1); };
    const life = async () => {
      open += 1;
      if (Math.random() < 0.5) {
        const run = await house.start(ProcessPayment, aPayment(), { fastPath });
        if (Math.random() < 0.5) { await pause(Math.random() * 500); await run.executeUpdate('cancel', { args: [{}] as never }).catch(() => undefined); }
        await end(run);
      } else {
        const run = await house.start(TopUpWallet, aTopUp({ payWithinSeconds: 2 }), { fastPath });
        const c = await run.executeUpdate('checkout', { args: [{}] as never }) as { reference: string };
        await Promise.all([
          Math.random() < 0.5 && pause(Math.random() * 3000).then(() => house.sandbox.pay(c.reference)),
          Math.random() < 0.5 && pause(Math.random() * 3000).then(() => run.executeUpdate('cancel', { args: [{}] as never }).catch(() => undefined)),
        ]);
        await end(run);
      }
      open -= 1;
    };
    const room = Number(process.env.ROOM ?? 20);
    while (total < n * 2) { if (open < room) { total += 1; all.push(life()); await pause(5); } else await pause(10); if (process.env.CRASH && total % 40 === 0 && open >= room) { total += 1; all.push(life()); say('crash'); await house.replaceWorkers(); say('replaced'); } }
    await Promise.race([Promise.all(all), pause(30_000)]);
    for (const run of house.started) { const d = await run.describe(); if (d.status.name === 'RUNNING') { say(run.workflowId + JSON.stringify(d.raw.pendingActivities?.map((a) => [a.activityType?.name, a.state, a.attempt, a.lastFailure?.message])) + JSON.stringify(d.raw.pendingWorkflowTask)); const { events } = await run.fetchHistory(); say('\n' + (events ?? []).slice(-9).map((e) => new Date(Number(e.eventTime?.seconds) * 1000).toISOString() + ' ' + Object.keys(e).filter((k) => k.endsWith('Attributes')).join()).join('\n')); } }
    say('done ' + JSON.stringify([...outcomes])); children();
    const { calls } = await house.sandbox.evidence(); say('calls ' + calls.length + ' ' + calls.filter((c) => c.status === null).length);
    await house.sandbox.webhooks.drained();
    await pause(1000);
    await house.judge().catch((e: unknown) => say(String(e).slice(0, 3000)));
    say('judged');
    await house.close();
    say('closed');
  });
});
