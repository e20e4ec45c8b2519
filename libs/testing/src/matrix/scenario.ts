import type { InputOf, OutcomeOf, WorkflowContract } from '@longhaul/contracts';
import type { FaultPlanInput, Sandbox } from '@longhaul/sandbox';
import { inOtherModes } from '../run-modes.ts';

export type FaultRule = FaultPlanInput['rules'][number];

/** What a refusal that nobody knows does to the run at this step. */
export type WhenRefused =
  /** The run takes back what it did and ends `failed`. */
  | 'fails'
  /** The run waits for an operator, and goes on when told to try again. */
  | 'parks'
  /** The run goes on without the step. */
  | 'goes-on'
  /** The run takes back what it did, for which it needs the step as well: it waits for an operator, and ends `failed`. */
  | 'fails-and-parks';

/** What a scenario may use of the house that it runs in. */
export interface Stage {
  /** Milliseconds since 1970, by the clock of the server. */
  readonly nowMs: () => number;
  /** Runs another workflow to its end first, and gives back its outcome. */
  readonly after: <C extends WorkflowContract>(contract: C, input: InputOf<C>) => Promise<OutcomeOf<C>>;
  /** What somebody outside does: asks for a price, or pays. */
  readonly sandbox: Pick<Sandbox, 'pay' | 'evidence' | 'urls'>;
}

/** One way through a workflow. Together the scenarios reach every step that its contract declares. */
export interface Scenario<C extends WorkflowContract> {
  readonly name: string;
  readonly input: (stage: Stage) => Promise<InputOf<C>>;
  /** The steps to disturb, in this scenario. */
  readonly steps: Readonly<Record<string, WhenRefused>>;
  /** The outcome's status when nothing is disturbed, and after everything that heals. */
  readonly ends: string;
  /** What goes wrong in any case, so that the story comes to these steps. Default: nothing. */
  readonly faults?: readonly FaultRule[];
  /** None of these steps has a fast path, so that there is only one way to make their calls. Default: false. */
  readonly noFastSteps?: true;
  /** How far the services' clocks are behind the worker's, in milliseconds: a hold seems to lapse the sooner. Default: 0. */
  readonly servicesBehindMs?: number;
}

/** How the call of a step that only reads is met: it has no key. */
export interface ReadCall<C extends WorkflowContract> {
  readonly route: string;
  /** A regular expression on the path that it asks for. */
  readonly path: (input: InputOf<C>) => string;
  /** How often the path was asked for before the run, in preparing it. Default: 0. */
  readonly askedBefore?: number;
}

/** Whether local attempts are made first. In other modes than production's both, unless it makes no difference. */
export function waysOf<C extends WorkflowContract>({ noFastSteps }: Scenario<C>): readonly boolean[] {
  return inOtherModes && !noFastSteps ? [true, false] : [true];
}

/** The steps and undos of a contract that no scenario disturbs. */
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
