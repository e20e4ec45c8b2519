import type { OwnedRecord, StartableContract } from '@longhaul/contracts';
import type { BookingService, PaymentsService } from '@longhaul/service-clients';
import { notFound, Problem } from '../http/problem.ts';
import type { Caller } from './authenticate.ts';

type OwnerOf = (id: string, correlationId: string) => Promise<string | undefined>;

/** Finds the owner of a record; undefined if there is no such record. */
export type RecordOwners = Readonly<Record<OwnedRecord, OwnerOf>>;

interface RecordServices {
  readonly bookings: Pick<BookingService, 'find'>;
  readonly payments: Pick<PaymentsService, 'find'>;
}

/** Asks the systems of record instead of Temporal: see docs/decisions/0002. */
export function recordOwners({ bookings, payments }: RecordServices): RecordOwners {
  return {
    booking: async (bookingId, correlationId) => (await bookings.find(bookingId, { correlationId }))?.user,
    payment: async (paymentId, correlationId) => (await payments.find(paymentId, { correlationId }))?.merchant,
  };
}

/** The owner of the new run. Callers may start runs for themselves, and with the contract's scope for others. */
export async function ownerOfStart(
  { http: { owner, anyOwnerScope } }: StartableContract,
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
  records: RecordOwners,
  correlationId: string,
): Promise<string> {
  const anybody = caller.scopes.has(anyOwnerScope);
  if ('field' in owner) {
    const named = String(input[owner.field]);
    if (anybody || named === caller.sub) return named;
    const detail = `must be the token's own user; for others it needs the scope ${anyOwnerScope}`;
    throw new Problem('not-allowed', `The token does not allow this: /${owner.field} ${detail}.`, {
      extensions: { errors: [{ pointer: `/${owner.field}`, detail }] },
    });
  }
  const found = await records[owner.record](String(input[owner.in]), correlationId);
  if (found === undefined || !(anybody || found === caller.sub)) throw notFound();
  return found;
}
