import { Client, Connection, isGrpcServiceError, type ConnectionOptions } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { TemporalRefused, Unavailable } from './errors.ts';

/** Where Temporal is, and how it is reached. */
export interface ConnectionSettings {
  /** Host and port of the frontend. */
  readonly connection?: ConnectionOptions;
  /** Default: `default`. */
  readonly namespace?: string;
}

/** How long Temporal has to answer what needs no worker, in milliseconds. */
export const serverDeadlineMs = 5_000;

/** gRPC's default lets a client sleep two minutes before it looks for a server that came back. */
const reconnectPauses = { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 };

/** gRPC's numbers for: the other side is not there, is busy, or did not answer in time. */
const mayPass = new Set([1, 2, 4, 8, 10, 13, 14, 15]);

/** The connection, made when it is first needed, and the deadline that every call over it has. */
export class Temporal {
  readonly #settings: ConnectionSettings;
  #opened: { client: Client; connection: Connection } | undefined;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  get namespace(): string {
    return this.#settings.namespace ?? 'default';
  }

  /** One call, or one long poll. What Temporal itself has to say about it comes back as it is; silence as `Unavailable`. */
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
