import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { done, operation, refused, type ServiceRoutes } from '../../http/operation.ts';
import { Money, Name } from '../../values.ts';

const InvoiceRequest = z
  .strictObject({
    invoiceId: Name,
    user: Name,
    money: Money,
    lines: z
      .array(z.strictObject({ text: z.string().min(1).max(500), money: Money }))
      .min(1)
      .max(100),
  })
  .refine(
    ({ money, lines }) =>
      lines.every((line) => line.money.currency === money.currency) &&
      lines.reduce((sum, line) => sum + line.money.amount, 0) === money.amount,
    { path: ['lines'], error: 'must add up to the money of the invoice' },
  );

/** Invoices, numbered per year without gaps. */
export function invoiceRoutes(): ServiceRoutes {
  return {
    operations: [
      operation({
        route: 'POST /invoices',
        body: InvoiceRequest,
        async work({ body: { invoiceId, user, money, lines }, tx, now }) {
          const year = new Date(now).getUTCFullYear();
          await lockCounter(tx, year);
          if ((await tx.query(`select from invoices where invoice_id = $1`, [invoiceId])).length > 0) {
            return refused(409, 'invoice-exists', `The invoice was issued before, under another key [${invoiceId}]`);
          }
          const number = `INV-${year}-${String(await nextNumber(tx, year)).padStart(6, '0')}`;
          await tx.query(
            `insert into invoices (invoice_id, number, user_id, amount, currency, lines, at)
             values ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
            [invoiceId, number, user, money.amount, money.currency, JSON.stringify(lines), now],
          );
          return done(201, { number }, [{ effect: 'invoice-issued', invoiceId, number, user, money }]);
        },
      }),
    ],
  };
}

/** Until the transaction ends, other invoices of the year wait. If it fails, its number is used for the next one. */
async function lockCounter(tx: Queries, year: number): Promise<void> {
  await tx.query(
    `insert into invoice_counters (year, last) values ($1, 0)
     on conflict (year) do update set last = invoice_counters.last`,
    [year],
  );
}

async function nextNumber(tx: Queries, year: number): Promise<number> {
  const [counter] = await tx.query<{ last: number }>(
    `update invoice_counters set last = last + 1 where year = $1 returning last`,
    [year],
  );
  if (!counter) throw new Error(`There is no counter for the year [${year}]`);
  return counter.last;
}
