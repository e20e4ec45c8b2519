import { defineConfig } from 'vitest/config';

// The suffix of a spec is its price: `.spec` runs in memory, `.int.spec` with a Temporal test server, `.e2e.spec` with
// the whole house. PRICE picks one; without it all run.
const price = process.env.PRICE ?? '*';
const patterns: Record<string, string[]> = {
  spec: ['**/*.spec.ts', '!**/*.int.spec.ts', '!**/*.e2e.spec.ts'],
  int: ['**/*.int.spec.ts'],
  e2e: ['**/*.e2e.spec.ts'],
  '*': ['**/*.spec.ts'],
};
const chosen = patterns[price];
if (!chosen) throw new Error(`PRICE must be one of ${Object.keys(patterns).join(', ')} [${price}]`);

export default defineConfig({
  resolve: { conditions: ['@longhaul/source'] },
  ssr: { resolve: { conditions: ['@longhaul/source'] } },
  test: {
    include: chosen.filter((pattern) => !pattern.startsWith('!')),
    exclude: ['**/node_modules/**', '**/dist/**', ...chosen.filter((p) => p.startsWith('!')).map((p) => p.slice(1))],
    // Two files at a time fill two cores. A server spec waits for deadlines half of its time: a third one fits in.
    maxWorkers: price === 'int' ? 3 : 2,
    testTimeout: price === 'spec' ? 30_000 : 120_000,
    hookTimeout: 120_000,
  },
});
