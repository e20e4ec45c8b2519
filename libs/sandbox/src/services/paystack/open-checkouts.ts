import type { Queries } from '../../database/queries.ts';
import { amountInWords } from '../../pages/amount.ts';
import { html, type Html } from '../../pages/html.ts';

interface OpenCheckout {
  readonly accessCode: string;
  readonly user: string;
  readonly amount: number;
  readonly currency: string;
}

const checkoutsShown = 20;

/** The newest unpaid checkouts, for the first page. */
export async function waitingToBePaid(database: Queries): Promise<readonly Html[]> {
  const open = await database.query<OpenCheckout>(
    `select access_code as "accessCode", user_id as "user", amount::int as amount, currency from gateway_transactions
     where access_code is not null and status = 'abandoned' order by id desc limit $1`,
    [checkoutsShown],
  );
  const checkouts = open.map(
    ({ accessCode, user, amount, currency }) =>
      html`<li><a href="/checkout/${accessCode}">${amountInWords(amount, currency)}</a> by ${user}</li>`,
  );
  return [
    html`<h2>Waiting to be paid</h2>`,
    checkouts.length > 0
      ? html`<ul>
          ${checkouts}
        </ul>`
      : html`<p class="quiet">No top-up is open.</p>`,
  ];
}
