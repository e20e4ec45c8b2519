import type { AnswerOf, MessageOf, SignalOf, WorkflowContract } from '@longhaul/contracts';
import type { WorkflowFace } from '@longhaul/contracts/workflow';
import { defineQuery, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow';
import { accepted } from './accepted.ts';
import { answerAtTheDoor } from './at-the-door.ts';
import type { Run } from './run.ts';

type Named<Part> = keyof Part & string;

/** Listens to the messages that a contract has beside `cancel` and `resolve`. */
export interface Hear<C extends WorkflowContract> {
  signal<Name extends Named<C['signals']>>(name: Name, handle: (message: SignalOf<C, Name>) => void): void;
  update<Name extends Named<C['updates']>>(
    name: Name,
    answer: (message: MessageOf<C, Name>) => AnswerOf<C, Name> | Promise<AnswerOf<C, Name>>,
    /** An answer that needs no record: Temporal neither keeps nor counts the message. Undefined: `answer` gives it. */
    atTheDoor?: (message: MessageOf<C, Name>) => (AnswerOf<C, Name> & { readonly detail: string }) | undefined,
  ): void;
  /** Answers whether a person takes part in the run, and may see it and send it the contract's `participantMessages`. */
  participants(takesPart: (person: string) => boolean): void;
}

export function hearing<C extends WorkflowContract>(contract: WorkflowFace<C>, run: Run): Hear<C> {
  return {
    signal(name, handle) {
      setHandler(defineSignal<[unknown]>(name), (message: unknown) => {
        const checked = contract.checkSignal(name, message);
        if (checked.ok) handle(checked.value);
        // A signal has nobody to tell, and one that cannot be read tells us nothing.
        else log.warn(`Signal ${name} could not be read`, { correlationId: run.correlationId, issues: checked.issues });
      });
    },

    update(name, answer, atTheDoor = () => undefined) {
      setHandler(
        defineUpdate<unknown, [unknown]>(name),
        (message: unknown) => answer(accepted(contract.checkUpdate(name, message))),
        { validator: (message) => answerAtTheDoor(atTheDoor(accepted(contract.checkUpdate(name, message)))) },
      );
    },

    participants(takesPart) {
      setHandler(defineQuery<boolean, [string]>('takesPart'), takesPart);
    },
  };
}
