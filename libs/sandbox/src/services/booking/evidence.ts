import type { SandboxEvidence, SeatClaim, Trip } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

/** The claimed seats, and the capacities. */
export async function gather(tx: Queries): Promise<Pick<SandboxEvidence, 'claims' | 'capacity'>> {
  return {
    claims: await claims(tx),
    capacity: (await tx.query<TripRow & { seats: number }>(`select * from trips order by bus, departure_at`)).map(
      (row) => ({ trip: tripOf(row), seats: row.seats }),
    ),
  };
}

interface TripRow {
  bus: string;
  departure_at: string;
}

const tripOf = ({ bus, departure_at: departureAt }: TripRow): Trip => ({ bus, departureAt });

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
