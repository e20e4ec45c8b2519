import { aLine, anImport, lastItem } from '../text-edits.mjs';

/** @typedef {import('../names.mjs').Names} Names */
/** @typedef {import('../text-edits.mjs').TextEdit} TextEdit */

/**
 * By what the rest of the house knows a workflow and what belongs to it: the existing files that change, and how.
 *
 * @param {Names} names
 * @param {Names} domain
 * @returns {TextEdit[]}
 */
export function workflowEdits(names, domain) {
  return [...inLibraries(names), ...inItsWorker(names, domain)];
}

const list = (/** @type {RegExp} */ opening) => ({ opening, closing: /\]/ });
const type = (/** @type {RegExp} */ opening, /** @type {string} */ between) => ({ opening, closing: /;/, between });

/**
 * @param {Names} names
 * @returns {TextEdit[]}
 */
function inLibraries({ name, camel, pascal, words }) {
  const contracts = 'libs/contracts/src';
  const services = 'libs/sandbox/src/services/index.ts';
  const domains = 'libs/checker/src/domains/index.ts';
  const effects = 'libs/checker/src/domains/effects.ts';
  const tour = 'tools/src/start/tour/cases.ts';
  return [
    aLine(`${contracts}/index.ts`, { below: /^export \* from/ }, `export * from './${name}.ts';`),
    anImport(`${contracts}/index.ts`, `import { Register${pascal} } from './${name}.ts';`),
    lastItem(`${contracts}/index.ts`, list(/contracts: readonly WorkflowContract\[\] = \[/), `Register${pascal}`),
    anImport(`${contracts}/workflow.ts`, `import { Register${pascal} as ${camel}Contract } from './${name}.ts';`),
    aLine(
      `${contracts}/workflow.ts`,
      { below: /^export const \w+ = face\(/ },
      `export const Register${pascal} = face(${camel}Contract);`,
    ),

    aLine('libs/service-clients/src/index.ts', { below: /^export \* from/ }, `export * from './${name}.ts';`),

    anImport(services, `import { ${camel} } from './${name}/index.ts';`),
    lastItem(services, list(/services = \[/), camel),
    aLine('docs/sandbox.md', { below: /^\| `\/merchant`/ }, `| \`/${name}\` | the ${words} service |`),

    anImport(domains, `import { ${camel} } from './${name}/index.ts';`),
    lastItem(domains, list(/readonly Domain\[\] = \[/), camel),
    anImport(
      effects,
      `import { ${camel}Services, type ${pascal}Effect, type ${pascal}Tables } from './${name}/effects.ts';`,
    ),
    aLine(effects, { below: /^export type \* from/ }, `export type * from './${name}/effects.ts';`),
    lastItem(effects, type(/type DomainEffect =/, ' |'), `${pascal}Effect`),
    lastItem(effects, type(/type DomainTables =/, ' &'), `${pascal}Tables`),
    lastItem(effects, list(/domainServices = \[/), `...${camel}Services`),

    anImport(tour, `import { ${camel}Cases } from './${name}-cases.ts';`),
    lastItem(tour, list(/readonly TourCase\[\] = \[/), `...${camel}Cases`),
  ];
}

/**
 * @param {Names} names
 * @param {Names} domain
 * @returns {TextEdit[]}
 */
function inItsWorker({ name, camel, pascal, upper, words }, domain) {
  const app = `apps/${domain.name}-worker`;
  const runs = `${app}/src/recorded-runs.fixture.ts`;
  const trials = `${app}/src/trials.fixture.ts`;
  const url = `${upper}_SERVICE_URL`;
  return [
    anImport(`${app}/src/workflows/index.ts`, `export { register${pascal} } from './register-${name}.workflow.ts';`),
    aLine(
      `${app}/src/config.ts`,
      { below: /^export const variables = \{$/ },
      `  ${url}: variable(url, 'where the ${words} service is'),`,
    ),
    anImport(`${app}/src/wiring.ts`, `import { ${camel}Steps } from './${name}/steps.ts';`),
    lastItem(
      `${app}/src/wiring.ts`,
      { opening: new RegExp(`\\[Queue\\.${domain.camel}\\]: [^]*?=> \\(\\{`), closing: /\n {2}\}\),/ },
      `...${camel}Steps(environment, kit)`,
    ),
    anImport(trials, `import { register${pascal} } from './${name}/trial.fixture.ts';`),
    lastItem(trials, { opening: /export const trials = \{/, closing: /\}/ }, `register${pascal}`),
    anImport(runs, `import { ${camel}Runs } from './${name}/recorded-runs.fixture.ts';`),
    lastItem(runs, { opening: /recordedRuns: readonly RecordedRun\[\] = \[/, closing: /\n\]|\];/ }, `...${camel}Runs`),
    lastItem(
      'apps/registry.mjs',
      {
        opening: new RegExp(`\\n {2}'?${domain.name}'?: \\{[^]*?onLaptop: \\(\\{ sandbox \\}\\) => \\(\\{`),
        closing: /\n? *\}\)/,
      },
      `${url}: \`\${sandbox}/${name}\``,
    ),
    aLine(
      `${app}/README.md`,
      { above: /^\| `SERVICE_TIMEOUT_MS`/ },
      `| \`${url}\` | – | where the ${words} service is |`,
    ),
    aLine(
      `${app}/README.md`,
      { below: /^ *(TEMPORAL_ADDRESS|\w+_SERVICE_URL)=.*\\$/ },
      `  ${url}=http://127.0.0.1:4000/${name} \\`,
    ),
  ];
}
