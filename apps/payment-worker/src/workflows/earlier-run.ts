import type { ProcessPaymentInput, TopUpWalletInput } from '@longhaul/contracts';
import { ProcessPayment, TopUpWallet } from '@longhaul/contracts/workflow';
import { stepsOf, type Run } from '@longhaul/workflow-kit';
import type { FoundPayment, FoundTopUp, PaymentActivities } from '../activities.ts';
import { isOfPayment, isOfTopUp } from './earlier-run.rules.ts';
import { paymentPolicies } from './policies.ts';

/** What the payment service has on record under an id, whichever run opened it. */
interface OnRecord<Request, Found> {
  readonly readStep: keyof PaymentActivities;
  readonly read: (request: Request, run: Run) => Promise<Found | undefined>;
  /** The state of a record that no run has closed yet. */
  readonly open: string;
  readonly isOf: (request: Request, found: Found) => boolean;
}

/** What a run finds of earlier runs of the same request: after a reset, or when Temporal has forgotten them. */
function earlierRuns<Request, Found extends { readonly state: string; readonly madeBy: string | null }>({
  readStep,
  read,
  open,
  isOf,
}: OnRecord<Request, Found>) {
  return {
    /** After a reset: how it had ended stays so, whatever is said to the run again. */
    recall: async (request: Request, run: Run): Promise<Found | undefined> => {
      const found = await run.orPark(() => read(request, run));
      if (found && found.state !== open) run.alreadyDecided(found.state);
      return found;
    },

    /** What `recall` has found, if it had ended. */
    ended: (recalled: Found | undefined): Found | undefined =>
      recalled && recalled.state !== open ? recalled : undefined,

    /** Whether this run goes on after the opening: it is the first, or an earlier one stopped in the middle of this request. */
    async goesOn(request: Request, run: Run, opened: string): Promise<boolean> {
      if (opened === open) return true;
      run.alreadyDecided('by an earlier run');
      const found = await read(request, run);
      const goesOn = found !== undefined && found.state === open && isOf(request, found);
      if (goesOn) run.alreadyDecided(undefined);
      return goesOn;
    },

    /**
     * For a run that ends with nothing of its own. `stands`: an earlier run has ended it, or nobody knows; then this one takes
     * nothing back. `leftOpen`: an earlier run stopped in the middle, and may have done more than this one.
     * `first`: what `goesOn` has said. Undefined: it was not asked.
     */
    async before(request: Request, run: Run, first: boolean | undefined) {
      const found = await run.toTheEnd('undoing', () => run.orPark(() => read(request, run)));
      // An operator's word is no answer to a question: without it, nobody knows whose the record is.
      const unread = run.settledByHand.some(({ step }) => step === readStep);
      const anothers = found !== undefined && found.madeBy !== run.madeBy;
      const stands = first === false || unread || (anothers && found.state !== open);
      return { found, stands, leftOpen: anothers && !stands };
    },
  };
}

export const earlierPayments = earlierRuns<ProcessPaymentInput, FoundPayment>({
  readStep: 'readPayment',
  read: (request, run) =>
    stepsOf<PaymentActivities>(run, paymentPolicies).readPayment({ paymentId: ProcessPayment.keyOf(request) }),
  open: 'processing',
  isOf: isOfPayment,
});

export const earlierTopUps = earlierRuns<TopUpWalletInput, FoundTopUp>({
  readStep: 'readTopUp',
  read: (request, run) =>
    stepsOf<PaymentActivities>(run, paymentPolicies).readTopUp({ topUpId: TopUpWallet.keyOf(request) }),
  open: 'waiting',
  isOf: isOfTopUp,
});
