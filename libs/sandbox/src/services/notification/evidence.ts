import type { Mail, SandboxEvidence } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

/** The received mails. */
export async function gather(tx: Queries): Promise<Pick<SandboxEvidence, 'mails'>> {
  return {
    mails: await tx.query<Mail>(
      `select message_id as "messageId", recipient as "to", subject, body as "text" from mails order by id`,
    ),
  };
}
