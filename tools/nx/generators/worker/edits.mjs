import { aLine, lastMember } from '../text-edits.mjs';

/**
 * By what the rest of the house knows a worker.
 *
 * @param {import('../names.mjs').Names} domain
 * @param {number} healthPort
 * @returns {import('../text-edits.mjs').TextEdit[]}
 */
export function workerEdits({ name, camel }, healthPort) {
  const entry = [
    `team: '${name}'`,
    `queues: ['${name}']`,
    `healthPort: ${healthPort}`,
    'graceSeconds: 20',
    'onLaptop: ({ sandbox }) => ({\n})',
  ];
  return [
    lastMember('apps/registry.mjs', /^export const workers = \{/m, {
      name: camel === name ? name : `'${name}'`,
      value: `{\n${entry.join(',\n')},\n  }`,
    }),
    aLine('libs/contracts/src/contract.ts', { below: /^ {2}\w+: '[\w-]+',$/ }, `  ${camel}: '${name}',`),
  ];
}
