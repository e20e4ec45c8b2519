import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

/**
 * Packages that are loaded from node_modules at run time. Temporal's contain native code, and main thread and workflow threads
 * must share one copy; the others read files in their own folders.
 */
const loadedFromDisk = ['@temporalio/*', '@electric-sql/pglite', '@fastify/swagger-ui', 'pino'];

/** Bundled CommonJS packages call `require` for Node's modules, which an ES module does not have. */
const requireForCommonJs = `import { createRequire as longhaulRequire } from 'node:module';
const require = longhaulRequire(import.meta.url);`;

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['@longhaul/source'],
  banner: { js: requireForCommonJs },
  sourcemap: 'linked',
  // Logs and failures contain the names of error classes.
  keepNames: true,
  logLevel: 'warning',
};

/** Bundles `src/main.ts` with its imports into one file, because reading one file instead of a thousand is faster. */
export async function bundleApp(folder: string): Promise<void> {
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  await build({
    ...options,
    entryPoints: [join(folder, 'src/main.ts')],
    outfile: join(folder, 'dist/main.js'),
    external: loadedFromDisk,
  });
}

/**
 * Bundles `src/lambda.ts` for upload. There is no folder of packages beside it, and no `package.json` to set the module type. It
 * is small, because each new instance loads it first.
 */
export async function bundleLambda(folder: string): Promise<void> {
  await build({
    ...options,
    entryPoints: [join(folder, 'src/lambda.ts')],
    outfile: join(folder, 'dist/lambda.mjs'),
    minify: true,
  });
}
