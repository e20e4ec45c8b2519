const dayMs = 86_400_000;

/** A payment that comes this long after its top-up was asked for is still what the user wanted. */
const creditedLateWithinMs = dayMs;

export function isCreditedLate(openedAt: string, nowMs: number): boolean {
  return nowMs - Date.parse(openedAt) <= creditedLateWithinMs;
}

export function invoiceIdOf(reference: string): string {
  return `inv-${reference.replace(/[=.]/g, '_')}`;
}
