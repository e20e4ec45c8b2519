import type { FastifyInstance } from 'fastify';
import type { Database } from './database/database.ts';
import type { SandboxEvidence } from './evidence.ts';
import { FaultPlan, noFaults, type FaultPlanInput } from './faults/fault-plan.ts';
import { badRequest, fieldErrors, problemType } from './http/problem.ts';

/** The plan of this process. A restart forgets it: faults are put in by who is watching. */
export function faultControl() {
  let plan = noFaults;
  return {
    plan: () => plan,
    set: (given: FaultPlanInput) => void (plan = FaultPlan.parse(given)),
    clear: () => void (plan = noFaults),
  };
}
export type FaultControl = ReturnType<typeof faultControl>;

/** What the people at the sandbox need, beside its services. */
export function serveControl(
  app: FastifyInstance,
  house: {
    database: Database;
    faults: FaultControl;
    evidence: () => Promise<SandboxEvidence>;
    sweep: () => Promise<number>;
  },
): void {
  app.get('/livez', (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    await house.database.query('select 1');
    return reply.type('text/plain').send('ok\n');
  });
  app.get('/evidence', () => house.evidence());
  app.post('/sweep', async () => ({ lapsed: await house.sweep() }));

  app.get('/faults', () => house.faults.plan());
  app.put('/faults', async (request, reply) => {
    const parsed = FaultPlan.safeParse(request.body ?? {});
    if (!parsed.success)
      return reply
        .code(400)
        .type(problemType)
        .send(JSON.stringify(badRequest(fieldErrors(parsed.error))));
    house.faults.set(parsed.data);
    return parsed.data;
  });
  app.delete('/faults', async (_, reply) => {
    house.faults.clear();
    return reply.code(204).send();
  });
}
