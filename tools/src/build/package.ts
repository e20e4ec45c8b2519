import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

interface Manifest {
  exports: Record<string, { '@longhaul/source': string }>;
}

/** Compiles the exports of a published package and everything that they import to JavaScript with declarations in `dist`. */
export function compilePackage(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const entries = Object.values(manifest.exports).map((entry) => resolve(folder, entry['@longhaul/source']));
  const outDir = resolve(folder, 'dist');
  rmSync(outDir, { recursive: true, force: true });

  const config = ts.getParsedCommandLineOfConfigFile(
    join(folder, 'tsconfig.json'),
    {
      noEmit: false,
      outDir,
      rootDir: resolve(folder, 'src'),
      declaration: true,
      declarationMap: true,
      sourceMap: true,
      inlineSources: true,
      // Other packages are imported in their compiled form, as users will import them.
      customConditions: [],
    },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail(folder, [problem]) },
  );
  if (!config) throw new Error(`Not a TypeScript project [${folder}]`);
  const program = ts.createProgram(entries, config.options);
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) fail(folder, problems);
}

function fail(folder: string, problems: readonly ts.Diagnostic[]): never {
  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => '.', getNewLine: () => '\n' };
  throw new Error(`Could not compile the package [${folder}]\n${ts.formatDiagnostics(problems, host)}`);
}
