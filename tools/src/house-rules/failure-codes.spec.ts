import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { exists, read, sources, syntaxOf, walk } from './repository.fixture.ts';

const judged = sources.filter((path) => /^(apps|libs)\//.test(path) && !/^(apps\/bench|libs\/testing)\//.test(path));
const files = judged.map(syntaxOf);
const codeLike = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$|^[A-Z][a-z]+([A-Z][a-z]+)+$/;
/** zod's own, for an issue that a schema raises itself. */
const notOurs = 'custom';

/** At which place a function takes a parameter named `code`, by the function's or class's name. */
const codeParameter = new Map<string, number>();
for (const file of files) {
  walk(file, (node) => {
    if (!ts.isFunctionLike(node)) return;
    const index = node.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === 'code');
    const name = nameOf(node);
    if (index >= 0 && name) codeParameter.set(name, index);
  });
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return node.parent.name?.text;
  if (node.name && ts.isIdentifier(node.name)) return node.name.text;
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent.name.text : undefined;
}

/** The error codes that a file spells: whatever goes into something named `code`, and the types of Temporal failures. */
function codesOf(file: ts.SourceFile): string[] {
  const codes: string[] = [];
  const take = (node: ts.Expression | undefined): void => {
    if (!node) return;
    if (ts.isStringLiteral(node) && codeLike.test(node.text) && node.text !== notOurs) codes.push(node.text);
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(take);
    if (ts.isBinaryExpression(node)) take(node.right);
  };
  walk(file, (node) => {
    if ((ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) && node.name.getText() === 'code') {
      take(node.initializer);
    }
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    take(node.arguments?.[codeParameter.get(callee.getText()) ?? -1]);
    if (node.expression.getText() === 'ApplicationFailure.create') typeOf(node.arguments?.[0], take);
  });
  return codes;
}

function typeOf(options: ts.Expression | undefined, take: (node: ts.Expression) => void): void {
  if (!options || !ts.isObjectLiteralExpression(options)) return;
  for (const property of options.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === 'type') take(property.initializer);
  }
}

describe('docs/failures.md', () => {
  const found = files.flatMap((file) => codesOf(file).map((code) => ({ code, in: file.fileName })));

  it('is held against the codes of the whole house', () => {
    const codes = found.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['hold-lapsed', 'wrong-answer', 'InvalidInput', 'run-not-found']));
  });

  it('has a row for every error code, saying what it means and what to do', () => {
    const rows = (exists('docs/failures.md') ? read('docs/failures.md') : '').split('\n');
    const documented = new Set(rows.flatMap((row) => /^\|\s*`([^`]+)`\s*\|(?:[^|]+\|)+/.exec(row)?.[1] ?? []));
    const missing = found.filter(({ code }) => !documented.has(code));
    expect([...new Set(missing.map((entry) => `${entry.code} (${entry.in})`))]).toEqual([]);
  });
});
