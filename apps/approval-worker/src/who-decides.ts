import type { Rung, Who } from '@longhaul/contracts';
import type { CallContext, DirectoryService, Person } from '@longhaul/service-clients';

/** Somebody who may decide. `insteadOf`: for this person, who is absent or has delegated. */
export interface Approver {
  readonly person: string;
  readonly insteadOf: string | null;
}

interface Asked {
  readonly initiator: string;
  readonly at: string;
}

/** Absences may point to each other: after this many the person counts as absent. */
const longestChain = 8;

/**
 * The people who may decide now: those who have left are nobody, those who are absent are replaced by their delegate, and the
 * initiator is never among them. Each person once.
 */
export async function peopleOf(
  whom: readonly Who[],
  { initiator, at }: Asked,
  directory: DirectoryService,
  context: CallContext,
): Promise<Approver[]> {
  const named = (await Promise.all(whom.map((who) => namesOf(who, initiator, directory, context)))).flat();
  const found = await Promise.all([...new Set(named)].map((name) => present(name, at, directory, context)));
  const unique = new Map<string, Approver>();
  for (const approver of found) {
    if (!approver || approver.person === initiator) continue;
    // Somebody who is asked in their own right does not act for another.
    const known = unique.get(approver.person);
    if (!known || approver.insteadOf === null) unique.set(approver.person, approver);
  }
  return [...unique.values()];
}

async function namesOf(
  who: Who,
  initiator: string,
  directory: DirectoryService,
  context: CallContext,
): Promise<string[]> {
  if (who.kind === 'person') return [who.person];
  if (who.kind === 'role') return [...(await directory.role(who.role, context))];
  const manager = (await directory.person(initiator, context))?.manager;
  return manager === undefined || manager === null ? [] : [manager];
}

async function present(
  name: string,
  at: string,
  directory: DirectoryService,
  context: CallContext,
): Promise<Approver | undefined> {
  let current = name;
  for (let link = 0; link < longestChain; link += 1) {
    const person = await directory.person(current, context);
    if (!person?.active) return undefined;
    const delegate = delegateAt(person, at);
    if (delegate === undefined) return { person: current, insteadOf: current === name ? null : name };
    if (delegate === null) return undefined;
    current = delegate;
  }
  return undefined;
}

/** Who acts for a person at this moment. Undefined: the person; null: nobody. */
function delegateAt({ absences }: Person, at: string): string | null | undefined {
  const now = Date.parse(at);
  const absence = absences.find(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));
  return absence && absence.delegate;
}

/** When each rung is due. */
export function dueTimes(ladder: readonly Rung[], fromMs: number): string[] {
  return ladder.map(({ afterSeconds }) => new Date(fromMs + afterSeconds * 1_000).toISOString());
}
