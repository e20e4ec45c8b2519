/**
 * Who may import whom, by package name without `@longhaul/`. The plugin makes a tag of each name, the linter holds
 * every import against this table. An app is imported by nobody.
 *
 * @type {Record<string, { ours: string[], theirs?: string[], never?: string[] }>}
 *   `ours`: packages of this house; `theirs`: the only packages from outside, where the list is closed;
 *   `never`: packages from outside that would break the border
 */
const workers = ['contracts', 'workflow-kit', 'worker-kit', 'service-clients', 'payload-codec', 'client'];
const everything = [...workers, 'sandbox', 'testing'];

export const borders = {
  contracts: { ours: [], theirs: ['zod'] },
  'workflow-kit': { ours: ['contracts'], theirs: ['@temporalio/workflow', '@temporalio/common'] },
  'service-clients': { ours: [], never: ['@temporalio/*'] },
  'payload-codec': { ours: [] },
  client: { ours: ['contracts', 'payload-codec'] },
  'worker-kit': { ours: ['contracts', 'payload-codec', 'service-clients'] },
  sandbox: { ours: [], never: ['@temporalio/*'] },
  testing: { ours: everything },

  'booking-worker': { ours: workers },
  'fleet-worker': { ours: workers },
  gateway: { ours: ['client', 'contracts', 'service-clients', 'payload-codec'] },
  'sandbox-server': { ours: ['sandbox'] },
  bench: { ours: everything },
  tools: { ours: everything },
};

/** @param {string} packageName */
export function scopeOf(packageName) {
  return packageName.replace('@longhaul/', '');
}
