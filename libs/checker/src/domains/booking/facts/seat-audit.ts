import type { JournalEntry } from '../../../sandbox-evidence.ts';
import type { Trip } from '../effects.ts';

/** One claim on one seat according to the journal, from the hold to its end. */
export interface SeatSpan {
  readonly holdId: string;
  readonly trip: Trip;
  readonly seat: string;
  readonly from: JournalEntry;
  /** Null while the claim exists. */
  to: JournalEntry | null;
  /** Null while the seat is only held. */
  confirmed: JournalEntry | null;
  /** After the latest renewal. */
  expiresAt: string;
}

/** Replays the journal of the booking service. A hold id that is claimed twice gives two spans. */
export function seatSpans(journal: readonly JournalEntry[]): SeatSpan[] {
  const spans: SeatSpan[] = [];
  const living = new Map<string, SeatSpan>();
  for (const entry of journal) {
    if (entry.effect === 'seat-held') {
      const { holdId, trip, seat, expiresAt } = entry;
      const span: SeatSpan = { holdId, trip, seat, from: entry, to: null, confirmed: null, expiresAt };
      spans.push(span);
      living.set(holdId, span);
      continue;
    }
    const span = 'holdId' in entry ? living.get(entry.holdId) : undefined;
    if (!span) continue;
    if (entry.effect === 'hold-renewed') span.expiresAt = entry.expiresAt;
    if (entry.effect === 'booking-confirmed') span.confirmed = entry;
    if (entry.effect === 'hold-lapsed' || (entry.effect === 'seat-released' && entry.existed)) {
      span.to = entry;
      living.delete(span.holdId);
    }
  }
  return spans;
}
