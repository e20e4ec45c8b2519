import type { Outcome } from './intake.ts';

/** Counts messages by result, for the metrics. */
export interface Tally {
  count(outcome: Outcome): void;
  /** In Prometheus's text format. */
  text(): string;
}

const series = 'longhaul_payment_intake_messages_total';

export function createTally(): Tally {
  const counts: Record<Outcome, number> = { started: 0, duplicate: 0, rejected: 0, again: 0 };
  return {
    count: (outcome) => void (counts[outcome] += 1),
    text: () =>
      [
        `# HELP ${series} Messages taken from the queue, by what became of them`,
        `# TYPE ${series} counter`,
        ...Object.entries(counts).map(([outcome, count]) => `${series}{outcome="${outcome}"} ${count}`),
      ].join('\n'),
  };
}
