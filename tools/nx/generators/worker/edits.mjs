import { lastItem, lastMember, lineBelow } from '../text-edits.mjs';

/** @typedef {import('./names.mjs').Names} Names */

const list = (/** @type {RegExp} */ opening) => ({ opening, closing: ']', between: ',' });

/**
 * What a domain is told to the rest of the house by: the existing files that change, and how.
 *
 * @param {Names} names
 * @param {number} healthPort
 * @returns {import('../text-edits.mjs').TextEdit[]}
 */
export function editsFor({ name, camel, pascal, upper, words }, healthPort) {
  const contracts = 'libs/contracts/src';
  const effects = 'libs/checker/src/domains/effects.ts';
  const until = (/** @type {string} */ between, /** @type {RegExp} */ opening) => ({ opening, closing: ';', between });
  const onLaptop = `({ sandbox }) => ({ ${upper}_SERVICE_URL: \`\${sandbox}/${name}\` })`;
  const entry = [`team: '${name}'`, `queues: ['${name}']`, `healthPort: ${healthPort}`, 'graceSeconds: 20'];
  return [
    lastMember('apps/registry.mjs', /^export const workers = \{/m, {
      name: camel === name ? name : `'${name}'`,
      value: `{\n${[...entry, `onLaptop: ${onLaptop}`].join(',\n')},\n  }`,
    }),

    lineBelow(`${contracts}/contract.ts`, /^ {2}\w+: '[\w-]+',$/, `  ${camel}: '${name}',`),
    lineBelow(`${contracts}/index.ts`, /^export \* from/, `export * from './${name}.ts';`),
    lineBelow(
      `${contracts}/index.ts`,
      /^\}? ?(import)?.* from '\.\/(?!.*export).*';$/,
      `import { Register${pascal} } from './${name}.ts';`,
    ),
    lastItem(`${contracts}/index.ts`, list(/contracts: readonly WorkflowContract\[\] = \[/), `Register${pascal}`),
    lineBelow(`${contracts}/workflow.ts`, /^import \* as/, `import * as ${camel} from './${name}.ts';`),
    lineBelow(
      `${contracts}/workflow.ts`,
      /^export const \w+ = face\(/,
      `export const Register${pascal} = face(${camel}.Register${pascal});`,
    ),

    lineBelow('libs/service-clients/src/index.ts', /^export \* from/, `export * from './${name}.ts';`),

    lineBelow('libs/sandbox/src/services/index.ts', /^import/, `import { ${camel} } from './${name}/index.ts';`),
    lastItem('libs/sandbox/src/services/index.ts', list(/services = \[/), camel),
    lineBelow('docs/sandbox.md', /^\| `\/merchant`/, `| \`/${name}\` | the ${words} service of the ${words} worker |`),

    lineBelow('libs/checker/src/domains/index.ts', /^import/, `import { ${camel} } from './${name}/index.ts';`),
    lastItem('libs/checker/src/domains/index.ts', list(/readonly Domain\[\] = \[/), camel),
    lineBelow(
      effects,
      /^\}? ?(import .*)?from '\.\/.*';$/,
      `import { ${camel}Services, type ${pascal}Effect, type ${pascal}Tables } from './${name}/effects.ts';`,
    ),
    lineBelow(effects, /^export type \* from/, `export type * from './${name}/effects.ts';`),
    lastItem(effects, until(' |', /type DomainEffect =/), `${pascal}Effect`),
    lastItem(effects, until(' &', /type DomainTables =/), `${pascal}Tables`),
    lastItem(effects, list(/domainServices = \[/), `...${camel}Services`),

    lineBelow('tools/src/start/tour/cases.ts', /^import/, `import { ${camel}Cases } from './${name}-cases.ts';`),
    lastItem('tools/src/start/tour/cases.ts', list(/readonly TourCase\[\] = \[/), `...${camel}Cases`),
  ];
}
