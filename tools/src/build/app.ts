import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

/**
 * Packages that are loaded from node_modules at run time. Temporal's must be one copy for the main thread and the
 * workflow threads, and bring native code; the others read files that lie beside their own.
 */
const loadedFromDisk = ['@temporalio/*', '@electric-sql/pglite', '@fastify/swagger-ui', 'pino'];

/** Bundled CommonJS packages call `require` for Node's own modules; an ES module has none by itself. */
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
  // Error classes are told apart by name in logs and failures.
  keepNames: true,
  logLevel: 'warning',
};

/** `src/main.ts` and all it imports as one file: a process that opens one file instead of a thousand starts sooner. */
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
 * `src/lambda.ts` and all it imports, to be uploaded as it is: no folder of packages lies beside it, and no `package.json`
 * that would say what kind of module it is. Small, because each new instance reads it first.
 */
export async function bundleLambda(folder: string): Promise<void> {
  await build({
    ...options,
    entryPoints: [join(folder, 'src/lambda.ts')],
    outfile: join(folder, 'dist/lambda.mjs'),
    minify: true,
  });
}
