import type { WorkflowContract } from '@longhaul/contracts';
import type { BookingService } from '@longhaul/service-clients';
import { notFound, Problem } from '../http/problem.ts';
import type { Caller } from './authenticate.ts';

/** The user whose booking it is; undefined when there is none of this id. */
export type BookingOwner = (bookingId: string, correlationId: string) => Promise<string | undefined>;

/** The system of record is asked, not Temporal: see docs/decisions/0002. */
export function bookingOwner(bookings: Pick<BookingService, 'find'>): BookingOwner {
  return async (bookingId, correlationId) => (await bookings.find(bookingId, { correlationId }))?.user;
}

/** Whose run it will be. A caller may start it for itself, and with the contract's scope for anybody. */
export async function ownerOfStart(
  { http: { owner, anyOwnerScope } }: WorkflowContract,
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
  ownerOfBooking: (bookingId: string) => Promise<string | undefined>,
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
  const found = await ownerOfBooking(String(input[owner.bookingIn]));
  if (found === undefined || !(anybody || found === caller.sub)) throw notFound();
  return found;
}
