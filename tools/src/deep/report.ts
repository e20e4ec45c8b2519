import type { DeepFact } from '@longhaul/testing/deep';
import { elapsed } from '@longhaul/testing/servers';
import type { Done } from './state.ts';

interface Wait {
  readonly what: string;
  readonly ms: number;
  readonly usualMs: number;
}

export interface DeepReport {
  readonly tookMs: number;
  readonly parts: readonly (Done & { readonly again: string })[];
  readonly runs: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<string, readonly string[]>>;
  readonly slowestWaits: readonly Wait[];
}

const mostWaits = 10;

export function reportOf(done: readonly Done[], facts: readonly DeepFact[]): DeepReport {
  const of = <Name extends DeepFact['fact']>(name: Name) =>
    facts.filter((fact): fact is Extract<DeepFact, { fact: Name }> => fact.fact === name);
  const sum = <T>(items: readonly T[], name: (item: T) => string, count: (item: T) => number) => {
    const sums: Record<string, number> = {};
    for (const item of items) sums[name(item)] = (sums[name(item)] ?? 0) + count(item);
    return sums;
  };
  return {
    tookMs: done.reduce((total, { tookMs }) => total + tookMs, 0),
    parts: done.map((one) => ({ ...one, again: commandFor(one) })),
    runs: of('runs').reduce((total, { count }) => total + count, 0),
    kills: sum(
      of('kill'),
      ({ victim }) => victim,
      () => 1,
    ),
    faults: sum(
      of('fault'),
      ({ kind }) => kind,
      ({ count }) => count,
    ),
    ends: sum(
      of('end'),
      ({ end }) => end,
      ({ count }) => count,
    ),
    violations: grouped(of('violation')),
    slowestWaits: of('wait')
      .map(({ what, ms, usualMs }) => ({ what, ms, usualMs }))
      .toSorted((a, b) => b.ms / b.usualMs - a.ms / a.usualMs)
      .slice(0, mostWaits),
  };
}

function grouped(violations: readonly { readonly invariant: string; readonly found: string }[]) {
  const groups: Record<string, string[]> = {};
  for (const { invariant, found } of violations) (groups[invariant] ??= []).push(found);
  return groups;
}

/** Repeats this part with the same chances. */
function commandFor({ part, seed }: Done): string {
  return `npm run test:deep -- --only ${part} --seed ${seed}`;
}

export function inMarkdown(report: DeepReport): string {
  const { parts, runs, kills, faults, ends, violations, slowestWaits, tookMs } = report;
  const failed = parts.filter(({ failures }) => failures.length > 0);
  return [
    '# The deep run',
    '',
    `It took ${elapsed(tookMs)}: ${runs} runs, ${total(kills)} kills, ${total(faults)} faults met.`,
    '',
    '| part | seed | passed | failed | took |',
    '|---|---|---|---|---|',
    ...parts.map(
      (one) => `| ${one.part} | ${one.seed} | ${one.passed} | ${one.failures.length} | ${elapsed(one.tookMs)} |`,
    ),
    '',
    '## Violations by invariant',
    ...(Object.keys(violations).length === 0 ? ['None.'] : []),
    ...Object.entries(violations).flatMap(([invariant, found]) => [
      `- ${invariant}`,
      ...found.map((one) => `  - ${one}`),
    ]),
    '',
    ...(failed.length === 0 ? [] : ['## Failed', ...failed.flatMap(failureLines), '']),
    '## Kills',
    ...listed(kills),
    '',
    '## Faults met',
    ...listed(faults),
    '',
    '## How random runs ended',
    ...listed(ends),
    '',
    '## The slowest waits',
    ...slowestWaits.map(({ what, ms, usualMs }) => `- ${what}: ${ms} ms, usually ${usualMs} ms`),
    '',
  ].join('\n');
}

const failureLines = ({ failures, again }: DeepReport['parts'][number]) => [
  ...failures.map((failure) => `- ${failure}`),
  `  To see it again: \`${again}\``,
];

const listed = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `- ${name}: ${count}`);

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
