/** The tables that every service uses. */
export const everyService: readonly string[] = [
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
  // One row for each thing that was ever requested or undone. It records an undo that came first, and serialises a request
  // and an undo that run at the same time.
  `create table if not exists marks (
     kind text not null, id text not null, undone boolean not null, primary key (kind, id))`,
];
