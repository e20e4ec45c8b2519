import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Queries } from '../../database/queries.ts';

export interface MailCatcher {
  readonly port: number;
  close(): Promise<void>;
}

/** An SMTP server that stores mails and delivers nothing. */
export async function openMailCatcher(database: Queries): Promise<MailCatcher> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // A name look-up for every connection would wait for the network.
    disableReverseLookup: true,
    size: 1_048_576,
    onData(stream, { envelope }, answer) {
      keep(
        database,
        stream,
        envelope.rcptTo.map(({ address }) => address),
      ).then(() => answer(), answer);
    },
  });
  const listening = once(server.server, 'listening');
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await listening;
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function keep(database: Queries, stream: NodeJS.ReadableStream, recipients: readonly string[]): Promise<void> {
  const mail = await PostalMime.parse(await buffer(stream));
  await database.query(`insert into mails (message_id, recipient, subject, body) values ($1, $2, $3, $4)`, [
    mail.messageId ?? '',
    recipients.join(', '),
    mail.subject ?? '',
    mail.text ?? '',
  ]);
}
