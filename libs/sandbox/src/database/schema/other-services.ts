/** Fleet, notification, invoice, and the token issuer. */
export const otherServices: readonly string[] = [
  `create table if not exists vehicles (
     bus text not null, departure_at timestamptz not null, seats int not null, primary key (bus, departure_at))`,
  `create table if not exists manifests (
     booking_id text primary key, bus text not null, departure_at timestamptz not null, seat text not null)`,
  `create index if not exists manifests_by_trip on manifests (bus, departure_at)`,

  `create table if not exists notices (
     id bigint generated always as identity primary key,
     at timestamptz not null, message_id text not null unique, user_id text not null, template text not null,
     data jsonb not null, mailed boolean not null default false)`,
  `create index if not exists notices_to_mail on notices (id) where not mailed`,
  `create table if not exists mails (
     id bigint generated always as identity primary key,
     message_id text not null, recipient text not null, subject text not null, body text not null)`,

  // A sequence would leave gaps: a number is taken from its counter in the transaction that issues the invoice.
  `create table if not exists invoice_counters (year int primary key, last int not null)`,
  `create table if not exists invoices (
     invoice_id text primary key, number text not null unique, user_id text not null, amount bigint not null,
     currency text not null, lines jsonb not null, at timestamptz not null)`,

  `create table if not exists issuer_keys (
     key_id text primary key, private_jwk jsonb not null, made bigint generated always as identity)`,
];
