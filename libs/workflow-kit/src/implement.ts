import type { CancelRequest, InputOf, OutcomeOf, ResolveRequest, WorkflowContract } from '@longhaul/contracts';
import type { WorkflowFace } from '@longhaul/contracts/workflow';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  setHandler,
} from '@temporalio/workflow';
import { Run } from './run.ts';
import { hearing, type Hear } from './hear.ts';
import { accepted } from './accepted.ts';
import { answerAtTheDoor } from './at-the-door.ts';

export interface StoryOptions<C extends WorkflowContract, Recalled> {
  /** The people who are asked when a run needs a person: the value of `LonghaulAttentionOwner`. */
  readonly owner: string;
  /**
   * For a run that was reset: reads what its earlier execution left, before a cancel is heard. Temporal says again what was
   * said to that one, and a cancel that came too late then would be in time now.
   */
  readonly recall?: (input: InputOf<C>, run: Run) => Promise<Recalled>;
}

/**
 * A contract's workflow. The input is checked at the door (services in other languages start it too), messages are
 * answered from the first moment on, and the run does not end before they are. Messages that are the story's own it
 * listens to with `hear`, before it waits for anything.
 */
export function implement<C extends WorkflowContract, Recalled = undefined>(
  contract: WorkflowFace<C>,
  options: StoryOptions<C, Recalled>,
  story: (input: InputOf<C>, run: Run, hear: Hear<C>, recalled: Recalled | undefined) => Promise<OutcomeOf<C>>,
): (input: unknown) => Promise<OutcomeOf<C>> {
  return async (raw) => {
    const run = new Run(options.owner);
    answerOperators(contract, run);
    const recalls = run.wasReset && options.recall;
    if (!recalls) answerCancels(contract, run);
    const input = accepted(contract.checkInput(raw));
    checkId(contract, input, run);
    let recalled: Recalled | undefined;
    if (recalls) {
      recalled = await recalls(input, run);
      answerCancels(contract, run);
    }
    const outcome = await story(input, run, hearing(contract, run), recalled);
    run.finish(outcome);
    log.info(`Ended: ${statusIn(outcome)}`, { correlationId: run.correlationId });
    if (!allHandlersFinished()) await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
    return outcome;
  };
}

/** Every outcome is told from the others by its status. */
function statusIn(outcome: unknown): string {
  return (outcome as { readonly status: string }).status;
}

/** Under another id the same business would be done twice, and one run would take back what the other did. */
function checkId<C extends WorkflowContract>(contract: WorkflowFace<C>, input: InputOf<C>, { workflowId }: Run): void {
  const expected = contract.idOf(input);
  if (workflowId === expected) return;
  const detail = `belongs to the workflow id "${expected}", and this is "${workflowId}"`;
  accepted({ ok: false, issues: [{ pointer: '', detail }] });
}

function answerOperators<C extends WorkflowContract>(contract: WorkflowFace<C>, run: Run): void {
  setHandler(defineQuery('status'), () => run.status());
  if (contract.accepts.updates.includes('resolve')) {
    setHandler(defineUpdate<unknown, [ResolveRequest]>('resolve'), (request: ResolveRequest) => run.resolve(request), {
      validator: (request) => {
        accepted(contract.checkUpdate('resolve', request));
        answerAtTheDoor(run.nobodyWaits());
      },
    });
  }
  if (contract.accepts.signals.includes('resolve')) {
    setHandler(defineSignal<[unknown]>('resolve'), (request: unknown) => {
      const checked = contract.checkSignal('resolve', request);
      const { detail } = checked.ok ? run.resolve(checked.value as ResolveRequest) : { detail: 'It could not be read' };
      log.info(`Signal resolve: ${detail}`, { correlationId: run.correlationId });
    });
  }
}

function answerCancels<C extends WorkflowContract>(contract: WorkflowFace<C>, run: Run): void {
  const { whenFinished } = contract;
  if (contract.accepts.updates.includes('cancel')) {
    setHandler(
      defineUpdate<unknown, [CancelRequest]>('cancel'),
      (request: CancelRequest) => run.requestCancel(reasonOf(request), whenFinished),
      {
        validator: (request) => {
          accepted(contract.checkUpdate('cancel', request));
          answerAtTheDoor(run.tooLate(whenFinished));
        },
      },
    );
  }
  if (contract.accepts.signals.includes('cancel')) {
    setHandler(defineSignal<[unknown]>('cancel'), (request: unknown) => {
      // A signal has nobody to tell: a reason that cannot be read does not make the wish to stop any less clear.
      const checked = contract.checkSignal('cancel', request ?? {});
      const answer = run.requestCancel(
        checked.ok ? reasonOf(checked.value as CancelRequest) : 'unreadable',
        whenFinished,
      );
      log.info(`Signal cancel: ${answer.answer}`, { correlationId: run.correlationId });
    });
  }
}

function reasonOf(request: Partial<CancelRequest>): string {
  return request.reason ?? 'no reason given';
}
