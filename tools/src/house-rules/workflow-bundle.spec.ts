import { dirname, join, relative } from 'node:path';
import { bundleWorkflows } from '@longhaul/worker-kit/bundle';
import { describe, expect, it } from 'vitest';
import { at, sources } from './repository.fixture.ts';

const bundlingTakesAtMostMs = 120_000;

/** Temporal's workflow API and its dependencies. The bundle with tracing has the span code as well. */
const packages = ['@temporalio/workflow', '@temporalio/common', 'long', 'ms', 'nexus-rpc'];
const tracingPackages = ['@temporalio/interceptors-opentelemetry', '@opentelemetry/'];

const fromWorkerKit = ['libs/worker-kit/dist/workflow-closed.cjs', 'libs/worker-kit/src/payload-converter.ts'];

const packageOf = (path: string): string | undefined => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

const entries = sources.filter((path) => /^apps\/(?!bench\/)[^/]+\/src\/workflows\/index\.ts$/.test(path));

describe.each(entries)('the bundle of %s', (entry) => {
  const ours = [`${dirname(entry)}/`, 'libs/workflow-kit/src/'];

  it.each([false, true])(
    'contains stories, workflow-kit, compiled contracts, converter and workflow API, nothing else (traced: %s)',
    async (tracing) => {
      const modules: string[] = [];
      const workflowsPath = at(entry);
      await bundleWorkflows({ workflowsPath, tracing, onModule: (path) => modules.push(path) });
      const strangers = modules.filter((path) => {
        const packageName = packageOf(path);
        if (packageName) {
          const isTracing = tracing && tracingPackages.some((name) => packageName.startsWith(name));
          return !packages.includes(packageName) && !isTracing;
        }
        const own = relative(at('.'), path);
        return !fromWorkerKit.includes(own) && !ours.some((folder) => own.startsWith(folder));
      });
      expect(strangers.map((path) => relative(at('.'), path))).toEqual([]);
      expect(modules).toContain(at(join(dirname(entry), 'index.ts')));
    },
    bundlingTakesAtMostMs,
  );
});

it('at least one bundle is checked', () => {
  expect(entries).not.toEqual([]);
});
