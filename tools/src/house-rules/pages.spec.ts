import * as agreed from '@longhaul/contracts';
import { contracts, isStartable, type WorkflowContract } from '@longhaul/contracts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { others, workers, type OtherApp, type Worker } from '../../../apps/registry.mjs';
import { portTable } from '../start/ports.ts';
import { hasToBeSet, variablesIn } from './configs.fixture.ts';
import { inCode, withRows } from './derived-tables.fixture.ts';
import { at, manifest, read } from './repository.fixture.ts';

/**
 * Pages that are generated from the code, completely or in one table. `npx vitest run tools/src/house-rules/pages.spec.ts -u`
 * writes them; without `-u` they are compared.
 */
const workersByFolder: Readonly<Record<string, Worker>> = Object.fromEntries(
  Object.entries<Worker>(workers).map(([domain, worker]) => [`${domain}-worker`, worker]),
);
const apps: readonly (readonly [folder: string, app: Worker | OtherApp])[] = [
  ...Object.entries(workersByFolder),
  ...Object.entries<OtherApp>(others),
];
const queuesOf = (app: Worker | OtherApp): readonly string[] => ('queues' in app ? app.queues : []);

async function isWrittenFromCode(page: string, first: RegExp, rows: readonly (readonly string[])[]): Promise<void> {
  await expect(await withRows(page, first, rows)).toMatchFileSnapshot(at(page));
}

it('README.md has the purpose and the queues of every app', async () => {
  const rows = apps.map(([folder, app]) => {
    const queues = queuesOf(app);
    const polls = queues.length === 0 ? '' : `; ${queues.length > 1 ? 'queues' : 'queue'} ${inCode(queues)}`;
    return [`\`apps/${folder}\``, `${manifest(`apps/${folder}`).description ?? ''}${polls}`];
  });
  await isWrittenFromCode('README.md', /^\| `apps\//, rows);
});

it('docs/local.md has every port with its variable', async () => {
  const rows = Object.values(portTable).map(({ variable, port, purpose, offers = purpose }) => [
    inCode([variable]),
    String(port),
    offers,
  ]);
  await isWrittenFromCode('docs/local.md', /^\| `\w+_PORT`/, rows);
});

it('docs/deploy.md has the required variables and the grace of every app', async () => {
  // The sandbox and the bench are not deployed.
  const deployed = apps.filter(([folder]) => !['sandbox', 'bench'].includes(folder));
  const rows = await Promise.all(
    deployed.map(async ([folder, app]) => {
      const variables = await variablesIn(`apps/${folder}/src/config.ts`);
      const needed = Object.keys(variables).filter((name) => hasToBeSet(variables, name));
      const killedAfter = 'graceSeconds' in app ? app.graceSeconds + 10 : 30;
      return [inCode([folder]), inCode(queuesOf(app)), inCode(needed), `${killedAfter} s`];
    }),
  );
  await isWrittenFromCode('docs/deploy.md', /^\| `[a-z-]+` +\|/, rows);
});

it('libs/contracts/README.md has every contract, with its start and its outcomes', async () => {
  const rows = contracts.map((contract) => [
    inCode([contract.type[0]!.toUpperCase() + contract.type.slice(1)]),
    isStartable(contract) ? inCode(requiredFieldsOf(contract)) : 'other runs only',
    `${inCode([nameOf(contract.outcome)])}: ${statusesOf(contract).join(', ')}`,
  ]);
  await isWrittenFromCode('libs/contracts/README.md', /^\| `[A-Z]\w+` +\|/, rows);
});

it('CODEOWNERS has the teams of the registry: each owns its apps, and all own what they share', async () => {
  const line = (path: string, teams: readonly string[]) =>
    `${path.padEnd(24)} ${teams.map((team) => `@longhaul/${team}`).join(' ')}\n`;
  const apart = apps.filter(([, { team }]) => team !== 'platform');
  const all = ['platform', ...new Set(apart.map(([, { team }]) => team))];
  const lines = [
    line('*', ['platform']),
    ...['/libs/contracts/', '/libs/sandbox/', '/libs/checker/'].map((path) => line(path, all)),
    ...apart.map(([folder, { team }]) => line(`/apps/${folder}/`, [team])),
  ];
  const head =
    '# The last line that matches decides. A contract is an agreement between teams, so its change is seen by all of them.\n';
  await expect(head + lines.join('')).toMatchFileSnapshot(at('.github/CODEOWNERS'));
});

it('the image is built with the same Node version as everything else', () => {
  expect(read('infrastructure/Dockerfile')).toContain(`\nARG NODE=${read('.nvmrc').trim()}\n`);
});

function requiredFieldsOf({ input }: WorkflowContract): readonly string[] {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).required ?? [];
}

function statusesOf({ outcome }: WorkflowContract): readonly unknown[] {
  const { oneOf = [], anyOf = oneOf } = z.toJSONSchema(outcome, { unrepresentable: 'any' });
  return anyOf.map(({ properties }) => (properties?.['status'] as { readonly const?: unknown }).const);
}

const nameOf = (schema: z.ZodType): string =>
  Object.entries<unknown>(agreed).find(([, value]) => value === schema)?.[0] ?? 'no name';
