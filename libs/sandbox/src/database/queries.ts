/** All that the sandbox asks of a PostgreSQL. Moments come back as ISO 8601 in UTC, `bigint` as a number. */
export interface Queries {
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Queries {
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** `url`: a server. `folder`: embedded, kept there. Neither: embedded, in memory. */
export interface DatabasePlace {
  readonly url?: string;
  readonly folder?: string;
}
