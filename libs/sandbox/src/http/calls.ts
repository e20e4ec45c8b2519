import type { Service } from '@longhaul/checker';
import type { Queries } from '../database/queries.ts';
import type { FaultKind } from '../faults/fault-plan.ts';
import type { Outcome } from './operation.ts';

/** A request that reached a service. */
export interface Call {
  readonly seq: number;
  readonly service: Service;
  /** For example `POST /holds/:holdId/release`. */
  readonly route: string;
  readonly key: string | null;
  /** Attempts are counted by this: the key, or the path of a request without a key. */
  readonly countedBy: string;
  readonly attempt: number;
  readonly correlationId: string | null;
}

/** The part of a call that a clock needs. */
export type TimedCall = Pick<Call, 'key' | 'correlationId'>;

export interface CallNotice extends Pick<Call, 'service' | 'route' | 'key' | 'attempt'> {
  readonly phase: 'before' | 'after';
}

export type FaultListener = (call: Call, kind: FaultKind) => Promise<(() => Promise<void>) | undefined>;

export type Arrival = Omit<Call, 'seq' | 'attempt'>;

/** Records the request before anything else is done. */
export async function arrive(database: Queries, arrival: Arrival, at: string): Promise<Call> {
  const { service, route, key, countedBy, correlationId } = arrival;
  const [row] = await database.query<{ seq: number; attempt: number }>(
    `with counted as (
       insert into attempts (service, route, counted_by, attempts) values ($1, $2, $3, 1)
       on conflict (service, route, counted_by) do update set attempts = attempts.attempts + 1
       returning attempts)
     insert into calls (at, service, route, key, attempt, correlation_id)
     select $4::timestamptz, $1, $2, $5::text, counted.attempts, $6::text from counted
     returning seq, attempt`,
    [service, route, countedBy, at, key, correlationId],
  );
  if (!row) throw new Error(`The call was not recorded [${service} ${route}, key: ${countedBy}]`);
  return { ...arrival, ...row };
}

/** The status sent to the caller; null if the answer was dropped. */
export interface Sent {
  readonly status: number | null;
  readonly fault: string | null;
}

/** Records an answer without effects. */
export async function settle(database: Queries, call: Call, { status, fault }: Sent): Promise<void> {
  await database.query(`update calls set status = $2, fault = $3 where seq = $1`, [call.seq, status, fault]);
}

/** Records effects, answer and call in one statement, in the transaction of the work. */
export async function settleWork(
  tx: Queries,
  call: Call,
  outcome: Outcome,
  { status, fault, at }: Sent & { readonly at: string },
): Promise<void> {
  const entries = [
    ...(outcome.housekeeping ?? []).map((effect) => ({ effect, key: null, correlation_id: null })),
    ...(outcome.effects ?? []).map((effect) => ({ effect, key: call.key, correlation_id: call.correlationId })),
  ];
  await tx.query(
    `with journalled as (
       insert into journal (at, service, key, correlation_id, effect)
       select $1::timestamptz, $2, entry ->> 'key', entry ->> 'correlation_id', entry -> 'effect'
       from jsonb_array_elements($3::jsonb) with ordinality as list (entry, place) order by place),
     answered as (
       update answers set status = $4::int, body = $5::jsonb where service = $2 and key = $6)
     update calls set status = $7, fault = $8 where seq = $9`,
    [
      at,
      call.service,
      JSON.stringify(entries),
      outcome.status,
      JSON.stringify(outcome.body),
      call.key,
      status,
      fault,
      call.seq,
    ],
  );
}
