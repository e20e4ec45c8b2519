import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/database.ts';
import { mailOf, type Template } from '../services/notice-texts.ts';
import { html, page } from './html.ts';

interface Notice {
  readonly at: Date | string;
  readonly messageId: string;
  readonly user: string;
  readonly template: Template;
  readonly data: Readonly<Record<string, string>>;
  readonly mailed: boolean;
}

/** The notices: a page for a browser, JSON for everybody else. */
export function serveOutbox(app: FastifyInstance, database: Database): void {
  app.get('/outbox', async (request, reply) => {
    const notices = await database.query<Notice>(
      `select at, message_id as "messageId", user_id as "user", template, data, mailed from notices order by id`,
      [],
    );
    if (!request.headers.accept?.includes('text/html')) return notices;
    return reply.type('text/html').send(outboxPage([...notices].reverse()));
  });
}

function outboxPage(notices: readonly Notice[]): string {
  const rows = notices.map(({ at, user, template, data, mailed }) => {
    const { to, subject, text } = mailOf(user, template, data);
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
