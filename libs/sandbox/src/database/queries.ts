/** What the sandbox needs of a PostgreSQL. Timestamps are returned as ISO 8601 in UTC, `bigint` as a number. */
export interface Queries {
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Queries {
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** `url`: a server. `folder`: embedded, stored in this folder. Neither: embedded, in memory. */
export interface DatabasePlace {
  readonly url?: string;
  readonly folder?: string;
}
