import type { JournalEntry } from '../../../sandbox-evidence.ts';
import type { Trip } from '../effects.ts';

/** One claim on one seat, from the journal: from the hold to whatever ended it. */
export interface SeatSpan {
  readonly holdId: string;
  readonly trip: Trip;
  readonly seat: string;
  readonly from: JournalEntry;
  /** Null while the claim lives. */
  to: JournalEntry | null;
  /** Null as long as it is only a hold. */
  confirmed: JournalEntry | null;
  /** As last renewed. */
  expiresAt: string;
}

/** Plays the booking service's journal again. A hold id that is claimed twice makes two spans. */
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
