import type { AuditRow, SandboxEvidence } from '@longhaul/checker';
import type { Queries } from '../../database/queries.ts';

export async function gather(tx: Queries): Promise<Pick<SandboxEvidence, 'workflowHistory'>> {
  return {
    workflowHistory: await tx.query<AuditRow>(
      `select record_id as "recordId", made_by as "madeBy", sequence, kind, actor, stage, about, reason, at
       from workflow_history join records using (record_id) order by record_id, sequence`,
    ),
  };
}
