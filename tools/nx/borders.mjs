const workers = ['contracts', 'workflow-kit', 'worker-kit', 'process-kit', 'service-clients', 'client'];
const everything = [...workers, 'checker', 'sandbox', 'testing'];

/**
 * Who may import whom, by package name without `@longhaul/`. The plugin makes a tag of each name, the linter holds
 * every import against this table. An app is imported by nobody.
 * - `ours`: packages of this house.
 * - `theirs`: packages from outside, where the list is closed.
 * - `never`: packages from outside that would break the border.
 *
 * @type {Record<string, { ours: string[], theirs?: string[], never?: string[] }>}
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

  'booking-worker': { ours: workers },
  'fleet-worker': { ours: workers },
  'payment-worker': { ours: workers },
  'payment-intake': { ours: ['client', 'contracts', 'process-kit'] },
  gateway: { ours: ['client', 'contracts', 'process-kit', 'service-clients'] },
  'sandbox-server': { ours: ['process-kit', 'sandbox'] },
  bench: { ours: everything },
  tools: { ours: everything },
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
