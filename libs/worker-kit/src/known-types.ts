import { contracts } from '@longhaul/contracts';

const label = /[{,]workflow_type="((?:[^"\\]|\\.)*)"/;

/**
 * The SDK's metrics without the series of workflows that the house does not have. Whoever may start a run gives it any name,
 * and each name would be a series of its own, for as long as the store of the metrics keeps them.
 */
export function ofKnownTypes(metrics: string, known = new Set(contracts.map(({ type }) => type))): string {
  return metrics
    .split('\n')
    .filter((line) => {
      const type = line.startsWith('#') ? undefined : label.exec(line)?.[1];
      return type === undefined || known.has(type);
    })
    .join('\n');
}
