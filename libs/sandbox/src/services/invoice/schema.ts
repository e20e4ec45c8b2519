export const schema: readonly string[] = [
  // A database sequence would leave gaps, so the number comes from a counter in the transaction that issues the invoice.
  `create table if not exists invoice_counters (year int primary key, last int not null)`,
  `create table if not exists invoices (
     invoice_id text primary key, number text not null unique, user_id text not null, amount bigint not null,
     currency text not null, lines jsonb not null, at timestamptz not null)`,
];
