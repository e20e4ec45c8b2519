import { createTransport } from 'nodemailer';
import type { SandboxCore } from '../../core.ts';
import { wakeable } from '../../wakeable.ts';
import { mailOf, type Notice } from './notice-texts.ts';

export interface Outbox {
  /** Called when there may be new notices. */
  wake(): void;
  /** Resolves when sending has been tried for all notices in the outbox. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

interface NoticeRow extends Notice {
  readonly id: number;
  readonly messageId: string;
}

const batchSize = 50;

/** Sends the notices of the outbox by SMTP. After a crash, the rest is sent at the next start. */
export function openOutbox({ database, noticeTexts, settings: { onError } }: SandboxCore, smtpPort: number): Outbox {
  const transport = createTransport({
    host: '127.0.0.1',
    port: smtpPort,
    pool: true,
    ignoreTLS: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mailing = wakeable(async () => {
    while ((await mailBatch()) === batchSize);
  }, onError);

  async function mailBatch(): Promise<number> {
    const notices = await database.query<NoticeRow>(
      `select id, message_id as "messageId", user_id as "user", template, data from notices where not mailed order by id limit $1`,
      [batchSize],
    );
    if (notices.length === 0) return 0;
    await Promise.all(
      notices.map(({ messageId, ...notice }) =>
        transport.sendMail({ messageId, from: 'Longhaul <bookings@longhaul.test>', ...mailOf(noticeTexts, notice) }),
      ),
    );
    await database.query(
      `update notices set mailed = true where id in (select jsonb_array_elements($1::jsonb)::bigint)`,
      [JSON.stringify(notices.map(({ id }) => id))],
    );
    return notices.length;
  }

  return {
    wake: mailing.wake,
    drained: mailing.drained,
    async close() {
      await mailing.rests();
      transport.close();
    },
  };
}
