import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const repository = resolve(import.meta.dirname, '../../..');

export const at = (path: string): string => join(repository, path);
export const read = (path: string): string => readFileSync(at(path), 'utf8');
export const exists = (path: string): boolean => existsSync(at(path));

/** All files of the repository, as paths from its root. */
export const tracked: readonly string[] = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && exists(path));

export const projects: readonly string[] = tracked
  .filter((path) => /^((apps|libs)\/[^/]+|tools)\/package\.json$/.test(path))
  .map(dirname);

/** TypeScript without specs and fixtures. */
export const sources: readonly string[] = tracked.filter(
  (path) => path.endsWith('.ts') && path.includes('/src/') && !/\.(spec|fixture)\.ts$/.test(path),
);

export interface Manifest {
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export const manifest = (folder: string): Manifest => JSON.parse(read(join(folder, 'package.json'))) as Manifest;

export function syntaxOf(path: string): ts.SourceFile {
  return ts.createSourceFile(path, read(path), ts.ScriptTarget.ESNext, true);
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
