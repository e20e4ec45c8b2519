import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/database.ts';
import { amountInWords } from './amount.ts';
import { html, page } from './html.ts';

/** A place outside the sandbox that its first page leads to. */
export interface Link {
  readonly name: string;
  readonly url: string;
}

interface OpenCheckout {
  readonly accessCode: string;
  readonly user: string;
  readonly amount: number;
  readonly currency: string;
}

const checkoutsShown = 20;

/** The first page: where everything is that a person may want to look at. */
export function serveHome(app: FastifyInstance, database: Database, links: readonly Link[]): void {
  app.get('/', async (_request, reply) => {
    const open = await database.query<OpenCheckout>(
      `select access_code as "accessCode", user_id as "user", amount::int as amount, currency from gateway_transactions
       where access_code is not null and status = 'abandoned' order by id desc limit $1`,
      [checkoutsShown],
    );
    return reply.type('text/html').send(homePage(links, open));
  });
}

const ours: readonly (Link & { readonly about: string })[] = [
  { name: 'Outbox', url: '/outbox', about: 'the mails to passengers, payers and merchants' },
  { name: 'Evidence', url: '/evidence', about: 'all that the services did and were asked, as JSON' },
  { name: 'Faults', url: '/faults', about: 'the fault plan, as JSON' },
];

function homePage(links: readonly Link[], open: readonly OpenCheckout[]): string {
  const elsewhere = links.map(({ name, url }) => html`<li><a href="${url}">${name}</a></li>`);
  const here = ours.map(({ name, url, about }) => html`<li><a href="${url}">${name}</a>: ${about}</li>`);
  const checkouts = open.map(
    ({ accessCode, user, amount, currency }) =>
      html`<li><a href="/checkout/${accessCode}">${amountInWords(amount, currency)}</a> by ${user}</li>`,
  );
  return page(
    'Longhaul sandbox',
    html`<p>The services that Longhaul calls, as one process: real enough to book, to pay and to fail.</p>`,
    html`<ul>
      ${[...elsewhere, ...here]}
    </ul>`,
    html`<h2>Waiting to be paid</h2>`,
    checkouts.length > 0
      ? html`<ul>
          ${checkouts}
        </ul>`
      : html`<p class="quiet">No top-up is open.</p>`,
  );
}
