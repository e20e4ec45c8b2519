export const schema: readonly string[] = [
  `create table if not exists vehicles (
     bus text not null, departure_at timestamptz not null, seats int not null, primary key (bus, departure_at))`,
  `create table if not exists manifests (
     booking_id text primary key, bus text not null, departure_at timestamptz not null, seat text not null)`,
  `create index if not exists manifests_by_trip on manifests (bus, departure_at)`,
];
