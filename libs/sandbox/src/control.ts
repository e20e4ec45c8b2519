import type { SandboxEvidence } from '@longhaul/checker';
import type { FastifyInstance } from 'fastify';
import type { Database } from './database/queries.ts';
import { FaultPlan, noFaults, type FaultPlanInput } from './faults/fault-plan.ts';
import { badRequest, fieldErrors, problemType } from './http/problem.ts';

/** The fault plan of this process. It is in memory only, so a restart clears it. */
export function faultControl() {
  let plan = noFaults;
  return {
    plan: () => plan,
    set: (given: FaultPlanInput) => void (plan = FaultPlan.parse(given)),
    clear: () => void (plan = noFaults),
  };
}
export type FaultControl = ReturnType<typeof faultControl>;

/** Routes for the users of the sandbox, in addition to its services. */
export function serveControl(
  app: FastifyInstance,
  sandbox: {
    database: Database;
    faults: FaultControl;
    evidence: () => Promise<SandboxEvidence>;
  },
): void {
  app.get('/livez', (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    await sandbox.database.query('select 1');
    return reply.type('text/plain').send('ok\n');
  });
  app.get('/evidence', () => sandbox.evidence());

  app.get('/faults', () => sandbox.faults.plan());
  app.put('/faults', async (request, reply) => {
    const parsed = FaultPlan.safeParse(request.body ?? {});
    if (!parsed.success)
      return reply
        .code(400)
        .type(problemType)
        .send(JSON.stringify(badRequest(fieldErrors(parsed.error))));
    sandbox.faults.set(parsed.data);
    return parsed.data;
  });
  app.delete('/faults', async (_, reply) => {
    sandbox.faults.clear();
    return reply.code(204).send();
  });
}
