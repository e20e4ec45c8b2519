import { domains } from './domains/index.ts';
import { everywhereRules, notJudged } from './invariants.ts';

const opening = `# Invariants

What must hold over any run, whatever crashes, repeats, comes late or gets lost. The checker compares all that a run left behind
with these sentences: the tour, the fault matrices and the random runs end with its answer. What it finds is named by the number
of its invariant, as in \`X7 … is missing\`. Numbers are names: none is ever given to another sentence.

This page is written from the rules. After a change to a rule: \`PRICE=spec npx vitest run libs/checker/src/invariants-page -u\`.
`;

const unsettled = `## Not judged

What the services' journals, the ledger, the mails and the histories cannot settle. The checker ends with these numbers, so that
nobody takes silence for a yes.
`;

/** docs/invariants.md, generated from the rules. */
export function invariantsPage(): string {
  const domainSections = domains.map(({ name, rules }) => ({ name, folder: `domains/${name}/rules`, rules }));
  const sections = [{ name: 'everywhere', folder: 'everywhere/rules', rules: everywhereRules }, ...domainSections];
  return [
    opening,
    ...sections.flatMap(({ name, folder, rules }) => [
      `## ${name[0]!.toUpperCase()}${name.slice(1)}\n`,
      `The rules: [\`libs/checker/src/${folder}\`](../libs/checker/src/${folder}).\n`,
      tableOf(
        'What holds',
        rules.toSorted((a, b) => numberOf(a.id) - numberOf(b.id)).map(({ id, says }) => [id, says]),
      ),
    ]),
    unsettled,
    tableOf(
      'Why',
      notJudged.map(({ id, because }) => [id, because]),
    ),
  ].join('\n');
}

const numberOf = (id: string) => Number(/\d+$/.exec(id)?.[0]);

/** A table with the column widths that Prettier writes. */
function tableOf(heading: string, rows: readonly (readonly [id: string, text: string])[]): string {
  const all = [['Invariant', heading] as const, ...rows];
  const [wide, wider] = [0, 1].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = ([id, text]: readonly [string, string]) => `| ${id.padEnd(wide!)} | ${text.padEnd(wider!)} |\n`;
  const [head, ...body] = all.map(line);
  return [head, `| ${'-'.repeat(wide!)} | ${'-'.repeat(wider!)} |\n`, ...body].join('');
}
