import type { WorkflowWords } from '../expectations.ts';

/** All steps and undos of a workflow. */
export function stepsOf(contracts: readonly WorkflowWords[], type: string): string[] {
  const steps = contracts.find((contract) => contract.type === type)?.steps ?? {};
  return Object.entries(steps).flatMap(([step, { undoneBy }]) => (undoneBy === undefined ? [step] : [step, undoneBy]));
}
