import { others, workers } from '../../apps/registry.mjs';

const ofWorkers = ['contracts', 'workflow-kit', 'worker-kit', 'process-kit', 'service-clients', 'client'];
/** @type {Readonly<Record<string, import('../../apps/registry.mjs').OtherApp>>} */
const otherApps = others;
const everything = [...ofWorkers, 'checker', 'sandbox', 'testing'];

/** @typedef {{ ours: readonly string[], theirs?: string[], never?: string[] }} Border */

/**
 * Who may import whom, by package name without `@longhaul/`. The plugin makes a tag of each name, the linter holds
 * every import against this table. An app is imported by nobody; what it may import itself, if it is no worker, stands in
 * the registry.
 * - `ours`: packages of this house.
 * - `theirs`: packages from outside, where the list is closed.
 * - `never`: packages from outside that would break the border.
 *
 * @type {Record<string, Border>}
 */
export const borders = {
  contracts: { ours: [], theirs: ['zod'] },
  'workflow-kit': {
    ours: ['contracts'],
    theirs: ['@temporalio/workflow', '@temporalio/common', '@temporalio/common/lib/time.js'],
  },
  'service-clients': { ours: [], never: ['@temporalio/*'] },
  client: { ours: ['contracts'] },
  'process-kit': { ours: [], never: ['@temporalio/*'] },
  'worker-kit': { ours: ['client', 'contracts', 'process-kit', 'service-clients'] },
  checker: { ours: ['contracts'], theirs: ['zod'] },
  sandbox: { ours: ['checker'], never: ['@temporalio/*'] },
  testing: { ours: everything },
  tools: { ours: everything },
  ...Object.fromEntries(Object.keys(workers).map((domain) => [`${domain}-worker`, { ours: ofWorkers }])),
  ...Object.fromEntries(
    Object.entries(otherApps).map(([folder, { packageName = folder, imports }]) => [packageName, { ours: imports }]),
  ),
};

/** @param {string} packageName */
export function scopeOf(packageName) {
  return packageName.replace('@longhaul/', '');
}

/**
 * The table as the linter's constraints. Specs may use the sandbox and the test harness as well, and any package.
 *
 * @param {boolean} inSpecs
 */
export function depConstraints(inSpecs) {
  return Object.entries(borders).map(([scope, { ours, theirs, never }]) => ({
    sourceTag: `scope:${scope}`,
    onlyDependOnLibsWithTags: [
      scope,
      ...ours,
      ...(inSpecs ? ['checker', 'sandbox', 'testing', 'service-clients', 'client'] : []),
    ].map((name) => `scope:${name}`),
    ...(theirs && !inSpecs && { allowedExternalImports: theirs }),
    ...(never && { bannedExternalImports: never }),
  }));
}
