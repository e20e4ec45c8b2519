import { createTransport } from 'nodemailer';
import type { Database } from '../database/database.ts';
import { mailOf, type Template } from './notice-texts.ts';

export interface Outbox {
  /** Says that there may be something to mail. */
  wake(): void;
  /** Resolves when all that was in the outbox has been mailed, or could not be. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

interface NoticeRow {
  id: number;
  message_id: string;
  user_id: string;
  template: Template;
  data: Record<string, string>;
}

const batchSize = 50;

/** Mails the notices of the outbox by SMTP. What a crash left over is mailed at the next start. */
export function openOutbox(database: Database, smtpPort: number, onError: (error: unknown) => void): Outbox {
  const transport = createTransport({
    host: '127.0.0.1',
    port: smtpPort,
    pool: true,
    ignoreTLS: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let mailing: Promise<void> | undefined;
  let again = false;

  async function mailAll(): Promise<void> {
    do {
      again = false;
      while ((await mailBatch()) === batchSize);
    } while (again);
  }

  async function mailBatch(): Promise<number> {
    const notices = await database.query<NoticeRow>(
      `select id, message_id, user_id, template, data from notices where not mailed order by id limit $1`,
      [batchSize],
    );
    if (notices.length === 0) return 0;
    await Promise.all(
      notices.map(({ message_id: messageId, user_id: user, template, data }) =>
        transport.sendMail({ messageId, from: 'Longhaul <bookings@longhaul.test>', ...mailOf(user, template, data) }),
      ),
    );
    await database.query(
      `update notices set mailed = true where id in (select jsonb_array_elements($1::jsonb)::bigint)`,
      [JSON.stringify(notices.map(({ id }) => id))],
    );
    return notices.length;
  }

  const outbox: Outbox = {
    wake() {
      again = true;
      mailing ??= mailAll()
        .catch(onError)
        .finally(() => (mailing = undefined));
    },
    async drained() {
      outbox.wake();
      await mailing;
    },
    async close() {
      await mailing;
      transport.close();
    },
  };
  return outbox;
}
