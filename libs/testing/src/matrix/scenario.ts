import type { InputOf, OutcomeOf, WorkflowContract } from '@longhaul/contracts';
import type { FaultPlanInput, Sandbox } from '@longhaul/sandbox';
import { inOtherModes } from '../run-modes.ts';

export type FaultRule = FaultPlanInput['rules'][number];

/** The effect of an unexpected refusal of this step. */
export type WhenRefused =
  /** The run undoes its steps and ends `failed`. */
  | 'fails'
  /** The run parks, and continues when an operator retries the step. */
  | 'parks'
  /** The run continues without the step. */
  | 'goes-on'
  /** The run undoes its steps and needs this step for it, so it parks until an operator retries it, and ends `failed`. */
  | 'fails-and-parks';

/** The parts of its house that a scenario may use. */
export interface Stage {
  /** The server's time, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Runs another workflow to its end, and returns its outcome. */
  readonly after: <C extends WorkflowContract>(contract: C, input: InputOf<C>) => Promise<OutcomeOf<C>>;
  /** For actions from outside, such as getting a quote or paying. */
  readonly sandbox: Pick<Sandbox, 'pay' | 'evidence' | 'urls'>;
}

/** One way through a workflow. The scenarios of a workflow together reach every step of its contract. */
export interface Scenario<C extends WorkflowContract> {
  readonly name: string;
  readonly input: (stage: Stage) => Promise<InputOf<C>>;
  /** The steps to disturb in this scenario. */
  readonly steps: Readonly<Record<string, WhenRefused>>;
  /** The status of the outcome without disturbances, and with those from which the run recovers. */
  readonly ends: string;
  /** Faults that make the story reach these steps. Default: none. */
  readonly faults?: readonly FaultRule[];
  /** None of these steps has a fast path, so the cells run only without it. Default: false. */
  readonly noFastSteps?: true;
  /** How far the services' clocks are behind the worker's, in milliseconds. Holds then lapse sooner. Default: 0. */
  readonly servicesBehindMs?: number;
}

/** How to recognise the call of a read, which has no key. */
export interface ReadCall<C extends WorkflowContract> {
  readonly route: string;
  /** A regular expression for its path. */
  readonly path: (input: InputOf<C>) => string;
  /** How often this path was called before the run, while preparing it. Default: 0. */
  readonly askedBefore?: number;
}

/** The settings of the fast path to run: like in production, and in other modes both, if it makes a difference. */
export function waysOf<C extends WorkflowContract>({ noFastSteps }: Scenario<C>): readonly boolean[] {
  return inOtherModes && !noFastSteps ? [true, false] : [true];
}

/** Steps and undos of a contract that no scenario disturbs. */
export function stepsLeftOut<C extends WorkflowContract>(
  contract: C,
  scenarios: readonly Scenario<C>[],
  exempt: readonly string[],
): string[] {
  const disturbed = new Set(scenarios.flatMap(({ steps }) => Object.keys(steps)));
  const declared = Object.entries(contract.steps).flatMap(([step, { undoneBy }]) =>
    undoneBy === undefined ? [step] : [step, undoneBy],
  );
  return [...new Set(declared)].filter((step) => !disturbed.has(step) && !exempt.includes(step));
}
