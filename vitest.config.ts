import { defineConfig } from 'vitest/config';

// The suffix of a spec is its price: `.spec` runs in memory, `.int.spec` with a Temporal server, `.e2e.spec` with real
// processes; `.deep.spec` kills, takes chances or real time, and is no part of the gate. PRICE picks one; without it the
// gate's three run.
const price = process.env.PRICE ?? 'gate';
const patterns: Record<string, string[]> = {
  spec: ['**/*.spec.ts', '!**/*.{int,e2e,deep}.spec.ts'],
  int: ['**/*.int.spec.ts'],
  e2e: ['**/*.e2e.spec.ts'],
  deep: ['**/*.deep.spec.ts'],
  gate: ['**/*.spec.ts', '!**/*.deep.spec.ts'],
};
const chosen = patterns[price];
if (!chosen) throw new Error(`PRICE must be one of ${Object.keys(patterns).join(', ')} [${price}]`);

export default defineConfig({
  resolve: { conditions: ['@longhaul/source'] },
  ssr: { resolve: { conditions: ['@longhaul/source'] } },
  test: {
    include: chosen.filter((pattern) => !pattern.startsWith('!')),
    exclude: ['**/node_modules/**', '**/dist/**', ...chosen.filter((p) => p.startsWith('!')).map((p) => p.slice(1))],
    ...(price !== 'spec' && { globalSetup: ['libs/testing/src/vitest-setup.ts'] }),
    setupFiles: ['tools/src/property-seed.ts'],
    // Two files at a time fill two cores. Specs that wait for servers and processes leave room for a third.
    maxWorkers: price === 'spec' ? 2 : 3,
    // The cells of a matrix that run side by side, each in a house of its own.
    maxConcurrency: 3,
    // What a worker has loaded, or opened and can use again, is there for its next file.
    isolate: false,
    // What hangs is found; what a busy machine does slowly is not red.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
