import type { WorkflowContract } from '@longhaul/contracts';
import type { WorkerUnderTest } from '../house.ts';
import type { ReadCall, Scenario } from './scenario.ts';

/** How the fault matrix and the kill matrix test one workflow. */
export interface Trial<C extends WorkflowContract> {
  readonly contract: C;
  readonly workers: () => Promise<readonly WorkerUnderTest[]>;
  /** The worker of the workflow and its steps: the name of a folder under `apps`. */
  readonly worker: string;
  /** Steps of another worker, with its name. Only that worker is killed at them. */
  readonly servedElsewhere?: Readonly<Record<string, string>>;
  readonly scenarios: readonly Scenario<C>[];
  /** Steps that call no downstream service, so that their calls cannot be disturbed; they have specs of their own. */
  readonly exempt?: readonly string[];
  /** Steps that may run several times, so that their keys end in a number. The first time is disturbed. */
  readonly numbered?: readonly string[];
  /** Steps that only read. Default: every step has a key. */
  readonly reads?: Readonly<Record<string, ReadCall<C>>>;
}
