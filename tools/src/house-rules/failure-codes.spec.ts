import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { read, sources, syntaxOf, walk } from './repository.fixture.ts';

const judged = sources.filter((path) => /^(apps|libs)\//.test(path) && !/^(apps\/bench|libs\/testing)\//.test(path));
const files = judged.map(syntaxOf);
const codeLike = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$|^[A-Z][a-z]+([A-Z][a-z]+)+$/;
/** zod's code for custom issues. */
const notOurs = 'custom';

/** The position of the parameter named `code`, by function or class name. */
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

/** The error codes in a file: whatever is assigned to something named `code`, and the types of Temporal failures. */
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

/** Every string in the code, with `*` for the expressions of templates: `http-*`. */
function textsIn(file: ts.SourceFile): string[] {
  const texts: string[] = [];
  walk(file, (node) => {
    if (ts.isStringLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*'));
    }
  });
  return texts;
}

/** A code's entry is a heading with a text and what to do below it, or a row of a table of codes. */
function entriesOf(page: string): { readonly code: string; readonly complete: boolean }[] {
  const sections = [...page.matchAll(/^#### `([^`]+)`\n\n((?:(?!#).*\n)*)/gm)].map(([, code, text]) => ({
    code: code!,
    complete: /^[^-\s]/.test(text!) && /^- \*\*(Caller|On call):\*\* \S/m.test(text!),
  }));
  const tables = page.matchAll(/^\| (?:Code|Reason) .*\n\| -.*\n((?:\|.*\n)+)/gm);
  const rows = [...tables].flatMap(([, body]) => body!.trimEnd().split('\n'));
  return [
    ...sections,
    ...rows.map((row) => {
      const [, code = row, ...others] = row.split('|').map((cell) => cell.trim());
      return { code: code.replaceAll('`', ''), complete: others.slice(0, -1).every((cell) => cell !== '') };
    }),
  ];
}

describe('docs/failures.md', () => {
  const found = files.flatMap((file) => codesOf(file).map((code) => ({ code, in: file.fileName })));
  const entries = entriesOf(read('docs/failures.md'));

  it('is compared with the codes of all projects', () => {
    const codes = found.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['hold-lapsed', 'wrong-answer', 'InvalidInput', 'run-not-found']));
  });

  it('has an entry for every error code', () => {
    const documented = new Set(entries.map(({ code }) => code));
    const missing = found.filter(({ code }) => !documented.has(code));
    expect([...new Set(missing.map((entry) => `${entry.code} (${entry.in})`))]).toEqual([]);
  });

  it('says for every code what it means and what to do', () => {
    expect(entries.filter(({ complete }) => !complete)).toEqual([]);
  });

  it('has no entry for a code that nothing produces', () => {
    const texts = new Set(files.flatMap(textsIn));
    const endings = [...texts].filter((text) => /^\*-[a-z]+$/.test(text)).map((text) => text.slice(1));
    const isProduced = (code: string) =>
      texts.has(code.replace(/( \()?<\w+>\)?/, '*')) || endings.some((ending) => code.endsWith(ending));
    expect(entries.filter(({ code }) => !isProduced(code))).toEqual([]);
  });
});
