import type { Rule } from 'eslint';

const proxies = ['proxyActivities', 'proxyLocalActivities'];

/**
 * Activities must be called through workflow-kit, where every step is declared as read, keyed or unsafe, and gets its key.
 * Activity proxies must set what a cancel does, because by the SDK's default a cancelled charge goes on unnoticed.
 */
export const stepsThroughKit: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { proxiesAllowed: { type: 'boolean' } }, additionalProperties: false }],
    defaultOptions: [{ proxiesAllowed: false }],
    messages: {
      outsideKit: 'Steps are made by `stepsOf` of workflow-kit, not by [{{name}}].',
      noCancellationType: '[{{name}}] must name its `cancellationType`: what happens to the step when it is cancelled?',
    },
  },
  create(context) {
    const [{ proxiesAllowed }] = context.options as [{ proxiesAllowed: boolean }];
    /** The SDK's names by their local names in this file. */
    const imported = new Map<string, string>();
    return {
      ImportDeclaration(node) {
        if (node.source.value !== '@temporalio/workflow') return;
        for (const specifier of node.specifiers) {
          if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') continue;
          const { name } = specifier.imported;
          if (proxies.includes(name)) imported.set(specifier.local.name, name);
        }
      },
      CallExpression(node) {
        const { callee } = node;
        let name: string | undefined;
        if (callee.type === 'Identifier') name = imported.get(callee.name);
        if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
          const { property } = callee;
          name = proxies.find((proxy) => proxy === property.name);
        }
        if (!name) return;
        if (!proxiesAllowed) context.report({ node, messageId: 'outsideKit', data: { name } });
        const [options] = node.arguments;
        const isNamed =
          options?.type === 'ObjectExpression' &&
          options.properties.some(
            (property) =>
              property.type === 'Property' &&
              property.key.type === 'Identifier' &&
              property.key.name === 'cancellationType',
          );
        if (!isNamed) context.report({ node, messageId: 'noCancellationType', data: { name } });
      },
    };
  },
};
