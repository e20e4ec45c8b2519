import { readdirSync } from 'node:fs';
import { contracts, Queue } from '@longhaul/contracts';
import { apps, domains } from '@longhaul/testing/processes';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { others, workers, type OtherApp, type Worker } from '../../../apps/registry.mjs';
import { portTable } from '../start/ports.ts';
import { defaultOf, hasToBeSet, variablesIn } from './configs.fixture.ts';
import { at, exists, manifest, read, syntaxOf, walk } from './repository.fixture.ts';
import { rowsOf } from './tables.fixture.ts';

const laptop = { temporal: '127.0.0.1:7233', gateway: 'http://127.0.0.1:3000', sandbox: 'http://127.0.0.1:4000' };

/** Each app by its folder. */
const registered: Readonly<Record<string, OtherApp | Worker>> = {
  ...Object.fromEntries(Object.entries(workers).map(([domain, worker]) => [`${domain}-worker`, worker])),
  ...others,
};

describe('the registry of apps', () => {
  it('has exactly one entry for every app folder', () => {
    const folders = readdirSync(at('apps')).filter((name) => exists(`apps/${name}/package.json`));
    expect(Object.keys(registered).toSorted()).toEqual(folders.toSorted());
  });

  it('has the names from package.json', () => {
    const named = Object.entries<OtherApp | Worker>(registered).map(([folder, app]) => ({
      folder,
      name: `@longhaul/${'packageName' in app ? app.packageName : folder}`,
    }));
    expect(named.filter(({ folder, name }) => manifest(`apps/${folder}`).name !== name)).toEqual([]);
  });

  it('has one worker for each queue of the contracts', () => {
    const polled = Object.values<Worker>(workers).flatMap(({ queues }) => queues);
    expect(polled.toSorted()).toEqual(Object.values<string>(Queue).toSorted());
  });

  it('has the workflows of every contract in the worker that polls its queue', () => {
    const sent = domains.filter((domain) => contracts.some(({ queue }) => queue === workers[domain].queues[0]));
    const stories = domains.filter((domain) => exists(`apps/${domain}-worker/src/workflows/index.ts`));
    expect(stories).toEqual(sent);
  });

  it('gives each app its own ports on a laptop', () => {
    const ports = Object.values(portTable).map(({ port }) => port);
    expect(ports).toEqual([...new Set(ports)]);
  });

  it('has the default grace of the workers', async () => {
    const variables = await variablesIn('libs/worker-kit/src/worker-environment.ts');
    const graces = Object.values(workers).map(({ graceSeconds }) => String(graceSeconds));
    expect([...new Set(graces)]).toEqual([defaultOf(variables, 'SHUTDOWN_GRACE_SECONDS')]);
  });
});

describe.each(domains)('the %s worker', (domain) => {
  const folder = `apps/${domain}-worker`;
  const worker: Worker = workers[domain];

  it('has the name of its folder in main.ts, and polls the queues of its entry', () => {
    const names: string[] = [];
    const queues: string[] = [];
    walk(syntaxOf(`${folder}/src/main.ts`), (node) => {
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'name') names.push(node.initializer.getText());
      if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Queue') queues.push(node.name.text);
    });
    expect(names).toEqual([`'${domain}-worker'`]);
    expect([...new Set(queues)].map((name) => Queue[name as keyof typeof Queue])).toEqual(worker.queues);
  });

  it('has a README with its queues, its variables with their defaults, and how to start it alone', async () => {
    const page = `${folder}/README.md`;
    const text = read(page);
    expect(text).toMatch(new RegExp(`^# ${domain}-worker\n`));
    expect(worker.queues.filter((queue) => !text.includes(`\`${queue}\``))).toEqual([]);

    const variables = await variablesIn(`${folder}/src/config.ts`);
    const told = rowsOf(page).filter(([name = '']) => /^`[A-Z][A-Z0-9]*(_[A-Z0-9]+)+`$/.test(name));
    const declared = Object.keys(variables).map((name) => [`\`${name}\``, defaultOf(variables, name) ?? '–']);
    const rows = told.map(([name, byDefault = '']) => [name, byDefault.replaceAll('`', '')]);
    expect(rows.toSorted()).toEqual(declared.toSorted());

    const alone = Object.entries(worker.onLaptop(laptop)).map(([name, value]) => `${name}=${value}`);
    expect(alone.filter((given) => !text.includes(given))).toEqual([]);
    expect(text).toContain(`npm run worker -- ${domain}\n`);
  });
});

/** Without ports and the variables of the client. */
describe.each(Object.entries(apps))('%s on a laptop', (_name, app) => {
  const environment = app.environment(laptop, 0);

  it('gets all required variables, and none that it does not read', async () => {
    const kit = app.name.endsWith('-worker') ? await variablesIn('libs/worker-kit/src/worker-environment.ts') : {};
    const variables = { ...kit, ...(await variablesIn(`apps/${app.name}/src/config.ts`)) };
    const needed = Object.keys(variables).filter((name) => hasToBeSet(variables, name));
    expect(needed.filter((name) => !(name in environment))).toEqual([]);

    const given = Object.entries(environment).filter(([name]) => !/^TEMPORAL_(ADDRESS|NAMESPACE)$/.test(name));
    expect(given.filter(([name, value]) => variables[name]?.schema.safeParse(value).success !== true)).toEqual([]);
  });
});
