export const schema: readonly string[] = [
  `create table if not exists trips (
     bus text not null, departure_at timestamptz not null, seats int not null, primary key (bus, departure_at))`,
  `create table if not exists claims (
     hold_id text primary key, bus text not null, departure_at timestamptz not null, seat text not null,
     user_id text not null, expires_at timestamptz,
     state text not null check (state in ('held', 'confirmed', 'released', 'lapsed')))`,
  `create unique index if not exists one_live_claim_per_seat on claims (bus, departure_at, seat)
     where state in ('held', 'confirmed')`,
  `create table if not exists quotes (
     quote_id text primary key, user_id text not null, bus text not null, departure_at timestamptz not null,
     town_from text not null, town_to text not null, amount bigint not null, currency text not null,
     expires_at timestamptz not null, hold_id text unique)`,
  `create index if not exists holds_by_expiry on claims (expires_at) where state = 'held'`,
  `create sequence if not exists booking_numbers`,
  `create table if not exists bookings (
     booking_id text primary key, hold_id text not null unique references claims, charge_id text not null,
     fare_amount bigint not null, fare_currency text not null, reference text not null unique,
     made_by text, cancelled_by text,
     state text not null check (state in ('confirmed', 'cancelled')))`,
];
