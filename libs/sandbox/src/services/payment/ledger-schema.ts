/** The double-entry ledger, the accounts that may not be negative, and the fares of bookings. */
export const ledgerSchema: readonly string[] = [
  // Wallets and merchants. Accounts that may be negative, such as the card gateway's, have no row here.
  `create table if not exists wallets (
     account text not null, currency text not null, balance bigint not null check (balance >= 0),
     primary key (account, currency))`,
  `create sequence if not exists ledger_journals`,
  `create table if not exists ledger_lines (
     id bigint generated always as identity primary key,
     journal_id bigint not null, account text not null, amount bigint not null check (amount <> 0), currency text not null)`,
  `create index if not exists ledger_lines_by_journal on ledger_lines (journal_id)`,
  `create table if not exists charges (
     charge_id text primary key, user_id text not null, amount bigint not null, currency text not null,
     refunded bigint not null default 0 check (refunded between 0 and amount))`,
  `create table if not exists refunds (
     refund_id text primary key, charge_id text not null references charges, amount bigint not null)`,

  // Each journal's hash covers the hash before it. A journal has only one hash, so no lines can be added later.
  `create table if not exists ledger_chain (
     journal_id bigint not null unique, hash text not null, place bigint generated always as identity primary key)`,
  // The checker's chainHash computes the same in TypeScript.
  `create or replace function chain_journal(journal bigint) returns void language plpgsql as $$
   declare
     previous text;
     lines text;
   begin
     perform pg_advisory_xact_lock(hashtext('longhaul ledger chain'));
     select hash into previous from ledger_chain order by place desc limit 1;
     select string_agg(concat_ws(' ', journal_id, account, amount, currency), chr(10) order by id) into lines
       from ledger_lines where journal_id = journal;
     insert into ledger_chain (journal_id, hash)
       values (journal, encode(sha256(convert_to(coalesce(previous, '') || chr(10) || lines, 'UTF8')), 'hex'));
   end $$`,

  // The lines of a journal are inserted in one statement, so this trigger sees complete journals. The chain is locked last, when
  // all accounts are locked already, so that there are no deadlocks.
  `create or replace function post_ledger_lines() returns trigger language plpgsql as $$
   declare
     journal bigint;
   begin
     if exists (select from posted group by journal_id, currency having sum(amount) <> 0) then
       raise exception 'A ledger journal must balance in each currency';
     end if;
     update wallets set balance = wallets.balance + change.amount
       from (select account, currency, sum(amount) as amount from posted group by account, currency) as change
       where wallets.account = change.account and wallets.currency = change.currency;
     for journal in select distinct journal_id from posted order by journal_id loop
       perform chain_journal(journal);
     end loop;
     return null;
   end $$`,
  `create or replace trigger ledger_lines_are_posted after insert on ledger_lines
     referencing new table as posted for each statement execute function post_ledger_lines()`,
  // Adds journals from before the chain existed.
  `select chain_journal(journal_id) from (
     select distinct journal_id from ledger_lines
     where not exists (select from ledger_chain where ledger_chain.journal_id = ledger_lines.journal_id)
     order by journal_id) as unchained`,
];
