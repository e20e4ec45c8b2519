import { log, metricMeter } from '@temporalio/workflow';
import { faultOf, type Fault } from './fault.ts';

/** A step's fault, with a line in the log; whatever else went wrong is thrown on. */
export function faultIn(error: unknown, correlationId: string): Fault {
  const fault = faultOf(error);
  if (!fault) throw error;
  log.warn(`Failed at ${fault.step} [code: ${fault.code}]`, { correlationId, ...fault });
  return fault;
}

/** Nobody is asked about a step that the story goes on without. A metric counts it. */
export function tellGivenUp({ step, code }: Fault, correlationId: string): void {
  metricMeter.createCounter('longhaul_given_up').add(1, { step, code });
  log.error(`Gave up ${step} [code: ${code}]`, { correlationId });
}
