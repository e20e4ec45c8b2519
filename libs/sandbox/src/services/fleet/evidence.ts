import type { SandboxEvidence } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

export async function gather(tx: Queries): Promise<Pick<SandboxEvidence, 'manifests'>> {
  const rows = await tx.query<{ bus: string; departureAt: string; bookingId: string; seat: string }>(
    `select bus, departure_at as "departureAt", booking_id as "bookingId", seat from manifests
     order by bus, departure_at, seat`,
  );
  return {
    manifests: rows.map(({ bus, departureAt, ...passenger }) => ({ trip: { bus, departureAt }, ...passenger })),
  };
}
