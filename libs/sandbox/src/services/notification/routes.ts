import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SandboxCore } from '../../core.ts';
import { done, operation, type ServiceRoutes } from '../../http/operation.ts';
import { Name } from '../../values.ts';

/** Notifies users. A notice is stored in the outbox, in the transaction of its answer, and mailed from there. */
export function notificationRoutes({ noticeTexts }: SandboxCore, wakeOutbox: () => void): ServiceRoutes {
  const Notice = z.strictObject({
    user: Name,
    template: z.enum(Object.keys(noticeTexts)),
    data: z.record(z.string().max(100), z.string().max(1_000)),
  });
  return {
    operations: [
      operation({
        route: 'POST /notices',
        body: Notice,
        names: ({ user }) => [user],
        async work({ body: { user, template, data }, key, tx, now }) {
          const messageId = messageIdOf(key);
          const sent = await tx.query(
            `insert into notices (at, message_id, user_id, template, data) values ($1, $2, $3, $4, $5::jsonb)
             on conflict (message_id) do nothing returning message_id`,
            [now, messageId, user, template, JSON.stringify(data)],
          );
          if (sent.length === 0) return done(202, { messageId });
          return done(202, { messageId }, [{ effect: 'notice-sent', user, template, data, messageId }]);
        },
        afterCommit: wakeOutbox,
      }),
    ],
  };
}

/** The same for the same key, so that a mail that was sent twice can be recognised. */
function messageIdOf(key: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@notification.longhaul.test>`;
}
