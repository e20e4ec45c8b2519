import { ProcessPayment, RefundPayment } from '@longhaul/contracts';
import { House } from '@longhaul/testing';
import { it } from 'vitest';
import { aPayment, paymentWorkers } from './payment.fixture.ts';

it('times', async () => {
  const house = await House.open('cached', await paymentWorkers());
  const t0 = Date.now();
  const say = (what: string) => console.log(Date.now() - t0, what);
  const payment = aPayment();
  await (await house.start(ProcessPayment, payment)).result();
  say('paid');
  const run = await house.start(RefundPayment, { paymentId: payment.paymentId, refundId: 'r1', reason: 'x' });
  say('started');
  console.log(await run.result());
  say('refunded');
  const { calls } = await house.sandbox.evidence();
  for (const c of calls) console.log(c.at, c.service, c.route, c.status);
  const h = await run.fetchHistory();
  for (const e of h.events ?? []) console.log(Number(e.eventTime?.seconds), e.eventType, JSON.stringify(e.timerStartedEventAttributes ?? ''));
  await house.judge().catch(() => undefined);
  say('judged');
  await house.close();
}, 100_000);
