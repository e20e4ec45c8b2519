import { z } from 'zod';
import { hasEnded } from '../../everywhere/run-state.ts';
import type { Invariant } from '../../rule.ts';
import type { AuditRow } from './effects.ts';
import { isDecision, system, type ApprovalRequest, type Facts } from './facts.ts';

const Vote = z.object({ by: z.string() });
const Taken = z.object({ answer: z.literal('taken') });

/** Requests whose whole record was written by their run. */
const recorded = ({ requests }: Facts) => requests.filter(({ excused }) => !excused.has('recordEntry'));

const decisionsOf = ({ record }: ApprovalRequest) => record.filter(isDecision);
const named = ({ recordId, sequence }: AuditRow) => `${recordId} entry ${sequence}`;

export const approvalRules: readonly Invariant<Facts>[] = [
  {
    id: 'approval 1',
    says: 'A request ends once: its record ends with what its run says.',
    find: (facts) =>
      recorded(facts)
        .filter(({ run, outcome }) => hasEnded(run) && outcome !== undefined)
        .flatMap(({ run, outcome, record }) => {
          const endings = record.filter(({ kind }) => kind === 'ended');
          const fits = endings.length === 1 && record.at(-1) === endings[0] && endings[0]?.about === outcome?.status;
          return fits ? [] : [`${run.workflowId} ended ${outcome?.status}, on record: ${told(endings)}`];
        }),
  },
  {
    id: 'approval 2',
    says: 'Whoever decided had been asked before, by the policy, the ladder or a delegation.',
    find: ({ requests }) =>
      requests.flatMap((request) =>
        decisionsOf(request)
          .filter(({ actor }) => actor !== system)
          .filter(({ actor, sequence }) => !askedBefore(request.record, sequence).has(actor))
          .map((entry) => `${entry.actor} decided without being asked [${named(entry)}]`),
      ),
  },
  {
    id: 'approval 3',
    says: 'Nobody decides on their own request.',
    find: ({ requests }) =>
      requests.flatMap((request) =>
        decisionsOf(request)
          .filter(({ actor }) => actor === request.initiator)
          .map((entry) => `${entry.actor} decided on their own request [${named(entry)}]`),
      ),
  },
  {
    id: 'approval 4',
    says: 'A person decides at most once in a stage, for whomever.',
    find: ({ requests }) =>
      requests.flatMap((request) => {
        const seen = new Set<string>();
        return decisionsOf(request).flatMap((entry) => {
          const who = `${entry.stage}: ${entry.actor}`;
          const again = seen.has(who);
          seen.add(who);
          return again ? [`${entry.actor} decided twice in a stage [${named(entry)}]`] : [];
        });
      }),
  },
  {
    id: 'approval 5',
    says: 'A decision that was taken is on record, and none that was not.',
    find: (facts) =>
      recorded(facts)
        .filter(({ run }) => hasEnded(run))
        .flatMap((request) => {
          const taken = request.run.updates
            .filter(({ name, answer }) => ['approve', 'reject'].includes(name) && Taken.safeParse(answer).success)
            .map(({ name, input }) => `${name} by ${Vote.safeParse(input).data?.by ?? '?'}`);
          const written = decisionsOf(request)
            .filter(({ actor }) => actor !== system)
            .map(({ kind, actor }) => `${kind} by ${actor}`);
          return taken.toSorted().join() === written.toSorted().join()
            ? []
            : [`${request.run.workflowId} took [${taken.join()}], on record: [${written.join()}]`];
        }),
  },
  {
    id: 'approval 6',
    says: 'After a withdrawal, or the last rung of the ladder, nobody is reminded and nothing is escalated.',
    find: ({ requests }) =>
      requests.flatMap(({ record }) => {
        // A rejection by the ladder and a withdrawal end the request, whatever its stages are.
        const end = record.find(({ kind, actor }) => kind === 'withdrawn' || (kind === 'reject' && actor === system));
        return record
          .filter(({ kind, sequence }) => end && sequence > end.sequence && ['reminded', 'escalated'].includes(kind))
          .map((entry) => `${entry.kind} after it was decided [${named(entry)}]`);
      }),
  },
  {
    id: 'approval 7',
    says: 'A record begins with its request, and has no gap.',
    find: (facts) =>
      recorded(facts).flatMap(({ record }) =>
        record
          .filter((entry, index) => entry.sequence !== index + 1 || (entry.kind === 'requested') !== (index === 0))
          .map((entry) => `${named(entry)} is out of place`),
      ),
  },
];

function askedBefore(record: readonly AuditRow[], sequence: number): ReadonlySet<string> {
  return new Set(
    record
      .filter((entry) => entry.sequence < sequence && ['stage-began', 'escalated', 'delegated'].includes(entry.kind))
      .flatMap(({ about }) => about?.split(' ') ?? []),
  );
}

const told = (entries: readonly AuditRow[]): string => entries.map(({ about }) => about ?? '?').join(', ') || 'nothing';
