import type { FastifyInstance } from 'fastify';
import type { SandboxCore } from '../../core.ts';
import { mailOf, type Notice, type NoticeTexts } from './notice-texts.ts';
import { html, page } from '../../pages/html.ts';

interface KeptNotice extends Notice {
  readonly at: Date | string;
  readonly messageId: string;
  readonly mailed: boolean;
}

/** The sent notices, as a page for browsers and as JSON for programs. */
export function serveOutbox(app: FastifyInstance, { database, noticeTexts }: SandboxCore): void {
  app.get('/outbox', async (request, reply) => {
    const notices = await database.query<KeptNotice>(
      `select at, message_id as "messageId", user_id as "user", template, data, mailed from notices order by id`,
      [],
    );
    if (!request.headers.accept?.includes('text/html')) return notices;
    return reply.type('text/html').send(outboxPage(noticeTexts, [...notices].reverse()));
  });
}

function outboxPage(texts: NoticeTexts, notices: readonly KeptNotice[]): string {
  const rows = notices.map(({ at, mailed, ...notice }) => {
    const { to, subject, text } = mailOf(texts, notice);
    const when = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
    return html`<tr>
      <td>${when}</td>
      <td>${to}</td>
      <td>
        <strong>${subject}</strong>
        <pre>${text}</pre>
      </td>
      <td>${mailed ? 'mailed' : 'waits'}</td>
    </tr>`;
  });
  const head = html`<tr>
    <th>When (UTC)</th>
    <th>To</th>
    <th>Mail</th>
    <th></th>
  </tr>`;
  return page(
    'Outbox',
    html`<p><a href="/">Sandbox</a></p>`,
    rows.length > 0
      ? html`<table>
          ${[head, ...rows]}
        </table>`
      : html`<p class="quiet">Nothing was sent yet.</p>`,
  );
}
