export const schema: readonly string[] = [
  `create table if not exists records (record_id text primary key, made_by text not null)`,
  `create table if not exists workflow_history (
     record_id text not null references records, sequence int not null, kind text not null, actor text not null,
     stage text, about text, reason text, at timestamptz not null, correlation_id text,
     primary key (record_id, sequence))`,
];
