import { Client, Connection, isGrpcServiceError, type ConnectionOptions } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { TemporalRefused, Unavailable } from './errors.ts';

/** Address and connection options of Temporal. */
export interface ConnectionSettings {
  /** Host and port of the frontend. */
  readonly connection?: ConnectionOptions;
  /** Default: `default`. */
  readonly namespace?: string;
}

/** How long Temporal has to answer a call that needs no worker, in milliseconds. */
export const serverDeadlineMs = 5_000;

/** By default gRPC waits up to two minutes before it reconnects. */
const reconnectPauses = { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 };

/** gRPC status codes that mean: the server is down, busy, or did not answer in time. */
const mayPass = new Set([1, 2, 4, 8, 10, 13, 14, 15]);

/** The connection, made at the first call, and a deadline for every call. */
export class Temporal {
  readonly #settings: ConnectionSettings;
  #opened: { client: Client; connection: Connection } | undefined;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  get namespace(): string {
    return this.#settings.namespace ?? 'default';
  }

  /** One call or long poll. Temporal's business errors are thrown as they are; missing answers as `Unavailable`. */
  async call<T>(
    what: string,
    deadlineMs: number,
    work: (client: Client) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { client, connection } = this.#open();
    const inTime = () => connection.withDeadline(Date.now() + deadlineMs, () => work(client));
    try {
      return await (signal ? connection.withAbortSignal(signal, inTime) : inTime());
    } catch (error) {
      throw judged(what, error);
    }
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.connection.close();
  }

  #open() {
    if (!this.#opened) {
      const { connection: options = {} } = this.#settings;
      const connection = Connection.lazy({ ...options, channelArgs: { ...reconnectPauses, ...options.channelArgs } });
      this.#opened = { connection, client: new Client({ connection, namespace: this.namespace }) };
    }
    return this.#opened;
  }
}

function judged(what: string, error: unknown): unknown {
  if (error instanceof NamespaceNotFoundError) return new TemporalRefused(what, error);
  const status = isGrpcServiceError(error) ? error : error instanceof Error ? error.cause : undefined;
  if (!isGrpcServiceError(status)) return error;
  return mayPass.has(status.code) ? new Unavailable(what, error) : new TemporalRefused(what, error);
}
