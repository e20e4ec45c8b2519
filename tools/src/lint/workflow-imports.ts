import type { Rule } from 'eslint';

/** Modules that may be in a workflow bundle. Others cost memory for each run, or are not deterministic. */
const values = [
  '@longhaul/contracts/workflow',
  '@longhaul/workflow-kit',
  '@temporalio/workflow',
  '@temporalio/common',
  '@temporalio/common/lib/time.js',
];

/** Modules of which only types may be imported, because types are removed before bundling. */
const isTypesOnly = (source: string): boolean =>
  source === '@longhaul/contracts' || /^(\.\.\/)+([a-z-]+\/)?activities\.ts$/.test(source);

interface Importing {
  readonly source?: unknown;
  /** Added by the TypeScript parser. `import { type A }` is a `value`, because an import of the module remains. */
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
}

/** Workflow code may import only what can run inside Temporal's sandbox. */
export const workflowImports: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      foreign: 'Workflow code may not import [{{source}}]: it would become part of the sandbox. Do it in an activity.',
      typesOnly: 'Workflow code may import only types from [{{source}}]: write `import type`.',
    },
  },
  create(context) {
    const check = (node: Rule.Node): void => {
      const { source: literal, importKind, exportKind } = node as Importing;
      if (!literal) return;
      const source = (literal as { value?: unknown }).value;
      const name = typeof source === 'string' ? source : 'an expression';
      if (name.startsWith('./') || values.includes(name)) return;
      if (!isTypesOnly(name)) {
        context.report({ node, messageId: 'foreign', data: { source: name } });
      } else if (importKind !== 'type' && exportKind !== 'type') {
        context.report({ node, messageId: 'typesOnly', data: { source: name } });
      }
    };
    return {
      ImportDeclaration: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      ImportExpression: check,
    };
  },
};
