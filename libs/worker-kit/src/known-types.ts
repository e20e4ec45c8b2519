import { contracts } from '@longhaul/contracts';

const label = /[{,]workflow_type="((?:[^"\\]|\\.)*)"/;

/**
 * Removes series of unknown workflow types from the SDK's metrics. Callers can start runs with any type name, and each name would
 * be a new series in the metrics store.
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
