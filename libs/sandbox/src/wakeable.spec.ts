import { expect, it } from 'vitest';
import type { SandboxCore } from './core.ts';
import { openWebhooks } from './services/paystack/webhooks.ts';

it('an event that is recorded while the sender looks for its next time is sent before "drained" resolves', async () => {
  const outbox: { id: number; done: boolean }[] = [];
  const sent: string[] = [];
  let looking = () => {};
  const looks = new Promise<void>((resolve) => (looking = resolve));
  let goOn = () => {};
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const query = async (sql: string): Promise<unknown[]> => {
    if (sql.includes('min(due_at)')) {
      looking();
      await held;
      return [{ due: null }];
    }
    const open = outbox.filter(({ done }) => !done);
    if (sql.startsWith('update')) open.forEach((event) => (event.done = true));
    const event = { event: 'charge.success', reference: 'r', body: 'the event', attempts: 0, madeAt: '2026-01-01' };
    return open.map(({ id }) => ({ ...event, id }));
  };
  const core = {
    database: { query },
    now: () => Promise.resolve(new Date().toISOString()),
    faultPlan: () => ({ seed: 1, rules: [] }),
    settings: { paystackSecret: 'secret', webhookRetryMs: 1, onError: (error: unknown) => sent.push(String(error)) },
  } as unknown as SandboxCore;
  const webhooks = openWebhooks(core);
  webhooks.to((body) => {
    sent.push(body);
    return Promise.resolve(200);
  });
  await looks;
  outbox.push({ id: 1, done: false });
  const drained = webhooks.drained();
  goOn();
  await drained;
  expect(sent).toEqual(['the event']);
  await webhooks.close();
});
