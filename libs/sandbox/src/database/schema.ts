/**
 * The tables of all services, as statements that may run again. What a service promises for good is written down here,
 * where no code can get around it: one live claim per seat, a ledger that balances, journals that only grow.
 */
export const schema: readonly string[] = [
  // --- what every service writes ------------------------------------------------------------------------------------
  `create table if not exists attempts (
     service text not null, route text not null, counted_by text not null, attempts int not null,
     primary key (service, route, counted_by))`,
  `create table if not exists calls (
     seq bigint generated always as identity primary key,
     at timestamptz not null, service text not null, route text not null, key text, attempt int not null,
     correlation_id text, status int, fault text)`,
  `create table if not exists answers (
     service text not null, key text not null, digest text not null, status int, body jsonb,
     primary key (service, key))`,
  `create table if not exists journal (
     seq bigint generated always as identity primary key,
     at timestamptz not null, service text not null, key text, correlation_id text, effect jsonb not null)`,
  // One row for each thing that was ever asked for or taken back: an undo that came first is remembered in it, and a
  // do and an undo that run at once meet in it.
  `create table if not exists marks (
     kind text not null, id text not null, undone boolean not null, primary key (kind, id))`,

  // --- booking ------------------------------------------------------------------------------------------------------
  `create table if not exists trips (
     bus text not null, departure_at timestamptz not null, seats int not null, primary key (bus, departure_at))`,
  `create table if not exists claims (
     hold_id text primary key, bus text not null, departure_at timestamptz not null, seat text not null,
     user_id text not null, expires_at timestamptz,
     state text not null check (state in ('held', 'confirmed', 'released', 'lapsed')))`,
  `create unique index if not exists one_live_claim_per_seat on claims (bus, departure_at, seat)
     where state in ('held', 'confirmed')`,
  `create index if not exists holds_by_expiry on claims (expires_at) where state = 'held'`,
  `create sequence if not exists booking_numbers`,
  `create table if not exists bookings (
     booking_id text primary key, hold_id text not null unique references claims, charge_id text not null,
     fare_amount bigint not null, fare_currency text not null, reference text not null unique,
     state text not null check (state in ('confirmed', 'cancelled')))`,

  // --- payment ------------------------------------------------------------------------------------------------------
  `create table if not exists wallets (
     account text not null, currency text not null, balance bigint not null check (balance >= 0),
     primary key (account, currency))`,
  `create sequence if not exists ledger_journals`,
  `create table if not exists ledger_lines (
     id bigint generated always as identity primary key,
     journal_id bigint not null, account text not null, amount bigint not null check (amount <> 0), currency text not null)`,
  `create table if not exists charges (
     charge_id text primary key, user_id text not null, amount bigint not null, currency text not null,
     refunded bigint not null default 0 check (refunded between 0 and amount))`,
  `create table if not exists refunds (
     refund_id text primary key, charge_id text not null references charges, amount bigint not null)`,
  // The lines of a journal come in one statement, so this sees whole journals.
  `create or replace function post_ledger_lines() returns trigger language plpgsql as $$
   begin
     if exists (select from posted group by journal_id, currency having sum(amount) <> 0) then
       raise exception 'A ledger journal must balance in each currency';
     end if;
     update wallets set balance = wallets.balance + change.amount
       from (select account, currency, sum(amount) as amount from posted group by account, currency) as change
       where wallets.account = change.account and wallets.currency = change.currency;
     return null;
   end $$`,
  `create or replace trigger ledger_lines_are_posted after insert on ledger_lines
     referencing new table as posted for each statement execute function post_ledger_lines()`,

  // --- fleet --------------------------------------------------------------------------------------------------------
  `create table if not exists vehicles (
     bus text not null, departure_at timestamptz not null, seats int not null, primary key (bus, departure_at))`,
  `create table if not exists manifests (
     booking_id text primary key, bus text not null, departure_at timestamptz not null, seat text not null)`,
  `create index if not exists manifests_by_trip on manifests (bus, departure_at)`,

  // --- notification -------------------------------------------------------------------------------------------------
  `create table if not exists notices (
     id bigint generated always as identity primary key,
     at timestamptz not null, message_id text not null unique, user_id text not null, template text not null,
     data jsonb not null, mailed boolean not null default false)`,
  `create index if not exists notices_to_mail on notices (id) where not mailed`,
  `create table if not exists mails (
     id bigint generated always as identity primary key,
     message_id text not null, recipient text not null, subject text not null, body text not null)`,

  // --- issuer -------------------------------------------------------------------------------------------------------
  `create table if not exists issuer_keys (
     key_id text primary key, private_jwk jsonb not null, made bigint generated always as identity)`,

  // --- what only grows ----------------------------------------------------------------------------------------------
  `create or replace function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception 'The table "%" only grows: % is refused', tg_table_name, lower(tg_op);
   end $$`,
  ...['journal', 'ledger_lines'].map(
    (table) => `create or replace trigger ${table}_only_grows before update or delete or truncate on ${table}
     for each statement execute function refuse_change()`,
  ),
];
