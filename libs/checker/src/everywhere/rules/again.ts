import type { Invariant } from '../../rule.ts';
import { correlationOf } from '../facts.ts';
import { madeBefore } from '../run-state.ts';

export const againRules: readonly Invariant[] = [
  {
    id: 'X16',
    says: 'A second run of the same request changes nothing that the first run delivered.',
    find: ({ runs, journal }) =>
      [...runs.values()]
        .flat()
        .filter(madeBefore)
        .flatMap((run) =>
          journal
            .filter((entry) => entry.correlationId === correlationOf(run))
            .map(({ effect, seq }) => `${run.workflowId} was made before, and caused ${effect} [journal ${seq}]`),
        ),
  },
];
