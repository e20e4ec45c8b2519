/** The tables of the card gateway, without references to other tables. */
export const schema: readonly string[] = [
  `create table if not exists gateway_transactions (
     id bigint generated always as identity primary key, reference text not null unique, access_code text unique,
     user_id text not null, email text not null, requested_amount bigint not null check (requested_amount > 0),
     amount bigint not null check (amount > 0), currency text not null,
     status text not null check (status in ('abandoned', 'pending', 'success', 'failed', 'reversed')),
     gateway_response text not null, channel text not null, paid_at timestamptz, metadata jsonb,
     looked_at int not null default 0)`,
  `create table if not exists gateway_refunds (
     id bigint generated always as identity primary key, reference text not null references gateway_transactions (reference),
     amount bigint not null check (amount > 0), currency text not null, merchant_note text, customer_note text,
     asked_at timestamptz not null, ending text not null check (ending in ('processed', 'failed', 'needs-attention')),
     state text not null check (state in ('pending', 'processing', 'processed', 'failed', 'needs-attention')))`,
  `create index if not exists gateway_refunds_by_reference on gateway_refunds (reference)`,
  `create index if not exists gateway_refunds_under_way on gateway_refunds (id) where state in ('pending', 'processing')`,
  `create table if not exists gateway_disputes (
     id bigint generated always as identity primary key, reference text not null references gateway_transactions (reference),
     status text not null check (status in ('awaiting-merchant-feedback', 'resolved')), opened_at timestamptz not null,
     resolution text check (resolution in ('merchant-accepted', 'declined')), due_at timestamptz not null, resolved_at timestamptz)`,
  `create table if not exists gateway_outbox (
     id bigint generated always as identity primary key, event text not null, reference text not null,
     body text not null, made_at timestamptz not null, due_at timestamptz not null, attempts int not null default 0,
     done boolean not null default false)`,
  `create index if not exists gateway_outbox_to_send on gateway_outbox (due_at) where not done`,
];
