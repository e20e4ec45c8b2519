/** Payments to merchants, their refunds, events for merchants, and top-ups of wallets. */
export const paymentsSchema: readonly string[] = [
  // Reserved and settled refunds are never more than was paid.
  `create table if not exists payments (
     payment_id text primary key, user_id text not null, merchant text not null,
     amount bigint not null check (amount > 0), currency text not null,
     state text not null check (state in ('processing', 'completed', 'declined', 'failed', 'cancelled', 'invalid')),
     reference text unique, made_by text, reason text, reserved bigint not null default 0 check (reserved >= 0),
     refunded bigint not null default 0 check (refunded >= 0), charge_returned boolean not null default false,
     last_sequence int not null default 0,
     check (reserved + refunded <= amount), check (state <> 'completed' or reference is not null))`,
  `create table if not exists payment_refunds (
     payment_id text not null references payments, refund_id text not null, amount bigint not null check (amount > 0),
     state text not null check (state in ('reserved', 'processed', 'failed')), gateway_refund_id text,
     primary key (payment_id, refund_id))`,
  `create table if not exists merchant_events (
     event_id text primary key, merchant text not null, payment_id text not null references payments,
     sequence int not null, type text not null, refund_id text, body text not null, at timestamptz not null,
     unique (payment_id, sequence))`,
  `create table if not exists merchant_endpoints (
     merchant text primary key, state text not null check (state in ('active', 'failing', 'disabled')))`,
  `create table if not exists top_ups (
     top_up_id text primary key, user_id text not null, amount bigint not null check (amount > 0),
     currency text not null, opened_at timestamptz not null, made_by text, charge_returned boolean not null default false,
     state text not null check (
       state in ('waiting', 'credited', 'expired', 'cancelled', 'refused', 'failed', 'settled-by-hand')))`,
  `create table if not exists wallet_credits (
     reference text primary key, top_up_id text not null unique references top_ups, late boolean not null)`,
  `create table if not exists disputes (
     dispute_id text primary key, reference text not null, state text not null check (state in ('open', 'won', 'lost')))`,
  `create index if not exists disputes_by_reference on disputes (reference)`,
  `create table if not exists gateway_events (
     event text not null, id text not null, reference text not null, at timestamptz not null, primary key (event, id))`,
];
