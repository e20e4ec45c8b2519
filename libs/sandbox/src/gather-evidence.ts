import type { Database, Queries } from './database/database.ts';
import type {
  CallEntry,
  Effect,
  JournalEntry,
  LedgerLine,
  Mail,
  SandboxEvidence,
  SeatClaim,
  Trip,
} from './evidence.ts';
import { gatherPayments } from './gather-payments.ts';

/** All that the services did and were asked, as it stood at one moment. */
export async function gatherEvidence(database: Database, at: string): Promise<SandboxEvidence> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return {
      at,
      journal: await journal(tx),
      calls: await tx.query<CallEntry>(
        `select seq, at, service, route, key, attempt, correlation_id as "correlationId", status, fault
         from calls order by seq`,
      ),
      ledger: await tx.query<LedgerLine>(
        `select journal_id as "journalId", account, amount, currency from ledger_lines order by id`,
      ),
      claims: await claims(tx),
      capacity: (await tx.query<TripRow & { seats: number }>(`select * from trips order by bus, departure_at`)).map(
        (row) => ({ trip: tripOf(row), seats: row.seats }),
      ),
      manifests: (
        await tx.query<TripRow & { bookingId: string; seat: string }>(
          `select bus, departure_at, booking_id as "bookingId", seat from manifests order by bus, departure_at, seat`,
        )
      ).map((row) => ({ trip: tripOf(row), bookingId: row.bookingId, seat: row.seat })),
      mails: await tx.query<Mail>(
        `select message_id as "messageId", recipient as "to", subject, body as "text" from mails order by id`,
      ),
      ...(await gatherPayments(tx)),
    };
  });
}

interface TripRow {
  bus: string;
  departure_at: string;
}

const tripOf = ({ bus, departure_at: departureAt }: TripRow): Trip => ({ bus, departureAt });

async function journal(tx: Queries): Promise<JournalEntry[]> {
  const rows = await tx.query<Omit<JournalEntry, keyof Effect> & { effect: Effect }>(
    `select seq, at, service, key, correlation_id as "correlationId", effect from journal order by seq`,
  );
  return rows.map(({ effect, ...row }) => ({ ...row, ...effect }));
}

async function claims(tx: Queries): Promise<SeatClaim[]> {
  const rows = await tx.query<TripRow & Omit<SeatClaim, 'trip'>>(
    `select hold_id as "holdId", bus, departure_at, seat, state, expires_at as "expiresAt" from claims
     where state in ('held', 'confirmed') order by bus, departure_at, seat`,
  );
  return rows.map((row) => ({
    holdId: row.holdId,
    trip: tripOf(row),
    seat: row.seat,
    state: row.state,
    expiresAt: row.expiresAt,
  }));
}
