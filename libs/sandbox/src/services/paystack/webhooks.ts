import { createHmac } from 'node:crypto';
import type { SandboxCore } from '../../core.ts';
import { webhookFaultFor } from '../../faults/fault-plan.ts';
import type { WebhookTarget } from '../../options.ts';
import { wakeable } from '../../wakeable.ts';

export interface Webhooks {
  /** Sets the target. Waiting events are sent there, too. */
  to(target: WebhookTarget): void;
  /** Called when there may be new events. */
  wake(): void;
  /** Resolves when sending has been tried for all due events. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly id: number;
  readonly event: string;
  readonly reference: string;
  readonly body: string;
  readonly attempts: number;
  readonly madeAt: string;
}

const batchSize = 50;
/** Like Paystack. */
const givesUpAfterMs = 72 * 3_600_000;
const answerWithinMs = 10_000;
/** The sandbox's clock may be moved while a timer waits, so it is checked again at least this often. */
const looksAgainMs = { atLeast: 10, atMost: 1_000 };

/** Sends the events of the gateway's outbox, each signed, until it is answered with 200. */
export function openWebhooks({ database, now, faultPlan, settings }: SandboxCore): Webhooks {
  const { paystackSecret: secret, webhookRetryMs: retryMs, onError } = settings;
  let target: WebhookTarget | undefined;
  let timer: NodeJS.Timeout | undefined;
  const closing = new AbortController();

  const sending = wakeable(async () => {
    while (target !== undefined && !closing.signal.aborted && (await sendBatch(target)) > 0);
    await lookAgain();
  }, onError);

  async function sendBatch(to: WebhookTarget): Promise<number> {
    const at = await now();
    const due = await database.query<Waiting>(
      `select id, event, reference, body, attempts, made_at as "madeAt" from gateway_outbox
       where not done and due_at <= $1 order by id limit $2`,
      [at, batchSize],
    );
    await Promise.all(due.map((event) => send(event, to, at)));
    return due.length;
  }

  async function send({ id, event, reference, body, attempts, madeAt }: Waiting, to: WebhookTarget, at: string) {
    const fault = webhookFaultFor(faultPlan(), { event, reference, attempt: attempts + 1 });
    const lateUntil = later(madeAt, fault?.kind === 'webhook-late' ? fault.delayMs : 0);
    if (lateUntil > at) {
      await database.query(`update gateway_outbox set due_at = $2 where id = $1`, [id, lateUntil]);
      return;
    }
    const signature = createHmac('sha512', secret).update(body).digest('hex');
    if (fault?.kind === 'webhook-forged') await deliver(to, body, forged(signature));
    const times = { 'webhook-lost': 0, 'webhook-twice': 2 }[fault?.kind as string] ?? 1;
    const statuses = await Promise.all(Array.from({ length: times }, () => deliver(to, body, signature)));
    const done = statuses.every((status) => status === 200) || at > later(madeAt, givesUpAfterMs);
    await database.query(`update gateway_outbox set attempts = attempts + 1, done = $2, due_at = $3 where id = $1`, [
      id,
      done,
      later(at, retryMs),
    ]);
  }

  /** Returns the status of the answer; 0 if there was none. */
  async function deliver(to: WebhookTarget, body: string, signature: string): Promise<number> {
    try {
      if (typeof to !== 'string') return await to(body, signature);
      const answer = await fetch(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-paystack-signature': signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return 0;
    }
  }

  async function lookAgain(): Promise<void> {
    clearTimeout(timer);
    if (target === undefined || closing.signal.aborted) return;
    const [next] = await database.query<{ due: string | null }>(
      `select min(due_at) as due from gateway_outbox where not done`,
    );
    if (!next?.due) return;
    const inMs = Date.parse(next.due) - Date.parse(await now());
    timer = setTimeout(sending.wake, Math.min(Math.max(inMs, looksAgainMs.atLeast), looksAgainMs.atMost));
    timer.unref();
  }

  return {
    to(given) {
      target = given;
      sending.wake();
    },
    wake: sending.wake,
    drained: sending.drained,
    async close() {
      closing.abort();
      await sending.rests();
      clearTimeout(timer);
    },
  };
}

const later = (moment: string, ms: number) => new Date(Date.parse(moment) + ms).toISOString();

/** A wrong signature of the right length. */
const forged = (signature: string) => signature.replaceAll(/./g, (digit) => (15 - parseInt(digit, 16)).toString(16));
