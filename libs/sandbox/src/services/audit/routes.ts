import { z } from 'zod';
import { done, operation, refused, type ServiceRoutes } from '../../http/operation.ts';
import { Moment, Name } from '../../values.ts';

const Said = z
  .string()
  .max(4_000)
  .refine((text) => !text.includes('\0') && !/\p{Cs}/u.test(text), 'must be whole letters');

const Entry = z.strictObject({
  kind: Name,
  actor: Said,
  stage: Said.nullable(),
  about: Said.nullable(),
  reason: Said.nullable(),
  at: Moment,
});

/** Records of who did what. An entry is written once, by the run that began the record, and is never changed. */
export const auditRoutes: ServiceRoutes = {
  operations: [
    operation({
      route: 'POST /records/:recordId/entries',
      body: z.strictObject({ madeBy: Name, sequence: z.int().positive(), entry: Entry }),
      async work({ params: { recordId = '' }, body: { madeBy, sequence, entry }, tx }) {
        const exists = refused(409, 'entry-exists', `The record has this entry already [${recordId}, ${sequence}]`);
        await tx.query(`insert into records (record_id, made_by) values ($1, $2) on conflict do nothing`, [
          recordId,
          madeBy,
        ]);
        const [record] = await tx.query(`select 1 from records where record_id = $1 and made_by = $2 for update`, [
          recordId,
          madeBy,
        ]);
        if (!record) return exists;
        const { kind, actor, stage, about, reason, at } = entry;
        const [written] = await tx.query(
          `insert into workflow_history (record_id, sequence, kind, actor, stage, about, reason, at)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning sequence`,
          [recordId, sequence, kind, actor, stage, about, reason, at],
        );
        if (!written) return exists;
        return done(201, { sequence }, [{ effect: 'entry-recorded', recordId, sequence, kind, actor }]);
      },
    }),
  ],

  reads: [
    {
      route: 'GET /records/:recordId',
      async work({ params: { recordId = '' }, tx }) {
        const [record] = await tx.query<{ madeBy: string }>(
          `select made_by as "madeBy" from records where record_id = $1`,
          [recordId],
        );
        if (!record) return refused(404, 'not-found', `There is no such record [${recordId}]`);
        const entries = await tx.query(
          `select kind, actor, stage, about, reason, at from workflow_history where record_id = $1 order by sequence`,
          [recordId],
        );
        return done(200, { recordId, ...record, entries });
      },
    },
  ],
};
