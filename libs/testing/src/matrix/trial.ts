import type { WorkflowContract } from '@longhaul/contracts';
import type { WorkerUnderTest } from '../house.ts';
import type { ReadCall, Scenario } from './scenario.ts';

/** How one workflow is tried, call by call: by the fault matrix, and by the kill matrix. */
export interface Trial<C extends WorkflowContract> {
  readonly contract: C;
  readonly workers: () => Promise<readonly WorkerUnderTest[]>;
  /** The built worker that tells the story and does its steps: the name of a folder under `apps`. */
  readonly worker: string;
  /** The steps that another worker does. It alone is killed then. */
  readonly servedElsewhere?: Readonly<Record<string, string>>;
  readonly scenarios: readonly Scenario<C>[];
  /** Steps that call no downstream service, so that nothing can be done to their call; each has specs of its own. */
  readonly exempt?: readonly string[];
  /** The steps that may be taken several times, so that their keys end in a number. The first time is disturbed. */
  readonly numbered?: readonly string[];
  /** The steps that only read. Default: every step has a key. */
  readonly reads?: Readonly<Record<string, ReadCall<C>>>;
}
