export const schema: readonly string[] = [
  `create table if not exists notices (
     id bigint generated always as identity primary key,
     at timestamptz not null, message_id text not null unique, user_id text not null, template text not null,
     data jsonb not null, mailed boolean not null default false)`,
  `create index if not exists notices_to_mail on notices (id) where not mailed`,
  `create table if not exists mails (
     id bigint generated always as identity primary key,
     message_id text not null, recipient text not null, subject text not null, body text not null)`,
];
