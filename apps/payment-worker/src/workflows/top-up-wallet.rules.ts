import type { Money } from '@longhaul/contracts';
import { dayMs, type Fault } from '@longhaul/workflow-kit';

/** How a top-up is decided; what is done about it follows. */
export type TopUpEnding =
  | { readonly status: 'credited'; readonly reference: string }
  | { readonly status: 'expired'; readonly reference: string }
  | { readonly status: 'settled-by-hand'; readonly reference: string }
  | { readonly status: 'cancelled'; readonly reason: string }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'failed'; readonly step: string; readonly code: string };

export function wrongAmount({ reference, money }: { readonly reference: string; readonly money: Money }): Fault {
  const { amount, currency } = money;
  const message = `Paid was another amount than asked for [reference: ${reference}, paid: ${amount} ${currency}]`;
  return { step: 'findCharge', code: 'amount-mismatch', message };
}

/** A payment that comes this long after its top-up was asked for is still what the user wanted. */
const creditedLateWithinMs = dayMs;

export function isCreditedLate(openedAt: string, nowMs: number): boolean {
  return nowMs - Date.parse(openedAt) <= creditedLateWithinMs;
}

export function invoiceIdOf(reference: string): string {
  return `inv-${reference.replace(/[=.]/g, '_')}`;
}
