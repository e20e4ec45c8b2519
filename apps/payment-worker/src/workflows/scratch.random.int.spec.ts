import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Session } from 'node:inspector';
import { ProcessPayment, TopUpWallet } from '@longhaul/contracts';
import { House, outcomeWithoutSkipping, runModes } from '@longhaul/testing';
import { describe, it } from 'vitest';
import { writeFileSync, readdirSync, readFileSync } from 'node:fs';
import { aPayment, aTopUp, paymentWorkers } from '../payment.fixture.ts';
import { hearPaystack } from '../hear-paystack.fixture.ts';

describe.each(runModes)('perf (%s)', (mode) => {
  it('x', { timeout: 200_000 }, async () => {
    const t0 = performance.now();
    const say = (what: string) => appendFileSync('/tmp/say.log', [mode, what, Math.round(performance.now() - t0), 'cpu', Math.round((process.cpuUsage().user+process.cpuUsage().system)/1000)].join(' ')+'\n');
    const house = await House.open(mode, await paymentWorkers());
    hearPaystack(house);
    say('open');
    const session = new Session(); session.connect();
    const post = (m: string, p?: object) => new Promise<any>((r, j) => session.post(m, p as never, (e: unknown, v: unknown) => e ? j(e) : r(v)));
    if (process.env.PROF) { await post('Profiler.enable'); await post('Profiler.start'); }
    const n = Number(process.env.N ?? 60);
    const pays = await Promise.all(Array.from({ length: n }, () => house.start(ProcessPayment, aPayment())));
    say('started payments');
    const tops = await Promise.all(Array.from({ length: n }, () => house.start(TopUpWallet, aTopUp())));
    say('started topups');
    await Promise.all(tops.map((t) => t.executeUpdate('checkout', { args: [{}] as never })));
    say('checkouts');
    for (const t of tops) await house.sandbox.pay(t.workflowId);
    say('paid');
    await house.sandbox.webhooks.drained();
    say('drained');
    let over = false;
    const all = Promise.all([...pays, ...tops].map((p) => outcomeWithoutSkipping(house.environment, p as never))).then(() => { over = true; });
    while (!over) { await house.environment.sleep(1000); await house.sandbox.webhooks.drained(); await pause(5); }
    await all;
    say('done');
    if (process.env.PROF) { const { profile } = await post('Profiler.stop'); writeFileSync('/tmp/prof.cpuprofile', JSON.stringify(profile)); }
    const threads = new Map<string, number>();
    for (const t of readdirSync('/proc/self/task')) { const f = readFileSync(`/proc/self/task/${t}/stat`, 'utf8'); const name = f.slice(f.indexOf('(') + 1, f.lastIndexOf(')')); const r = f.slice(f.lastIndexOf(')') + 2).split(' '); threads.set(name+(Number(t)===process.pid?'*':''), (threads.get(name+(Number(t)===process.pid?'*':'')) ?? 0) + (Number(r[11]) + Number(r[12])) * 10); }
    say(JSON.stringify([...threads].filter(([, ms]) => ms > 100)));
    for (const p of readdirSync('/proc')) { if (!/^\d+$/.test(p)) continue; try { const f = readFileSync(`/proc/${p}/stat`, 'utf8'); const r = f.slice(f.lastIndexOf(')') + 2).split(' '); if (Number(r[1]) === process.pid) say('child ' + f.slice(0, 40) + ' ' + (Number(r[11]) + Number(r[12])) * 10); } catch {} }
    const { calls } = await house.sandbox.evidence(); say('calls ' + calls.length);
    await house.judge();
    say('judged');
    await house.close();
    say('closed');
  });
});
