import type { InputOf, WorkflowContract } from '../contract.ts';
import { HandleDispute, HandleDisputeInput } from './handle-dispute.ts';
import { topUpRunId } from './ids.ts';
import { RefundPayment } from './refund-payment.ts';
import { SettleLateCharge, TopUpWallet } from './top-up-wallet.ts';

/** An event of the card gateway, with the payment service's record of its reference. */
export interface HeardEvent {
  readonly event: string;
  readonly reference: string;
  /** For a dispute: its number at the card gateway. */
  readonly disputeId?: string | undefined;
  readonly concern:
    | { readonly kind: 'payment'; readonly state: string }
    | {
        readonly kind: 'top-up';
        readonly topUpId: string;
        readonly state: string;
        /** The reference of the charge that was credited. */
        readonly credited: string | null;
      }
    | { readonly kind: 'none' };
  /** The ids of the runs whose refunds of this charge are not settled. */
  readonly openRefunds: readonly string[];
}

/** What to do for an event, in this order. */
interface EventActions {
  /** Started, unless it exists. */
  readonly start?: RunToStart;
  /** All of them are sent. A run that has ended needs none. */
  readonly signals?: readonly SignalToSend[];
  /** Started, unless it exists, if all runs to signal have ended. */
  readonly startUnlessSignalled?: RunToStart;
}

export interface RunToStart {
  readonly contract: WorkflowContract;
  readonly input: object;
}

/** Signals have no content: they are hints, and the run asks the card gateway itself. */
export interface SignalToSend {
  readonly contract: WorkflowContract;
  readonly workflowId: string;
  readonly name: string;
}

const newDispute = 'charge.dispute.create';
const disputes = new Set([newDispute, 'charge.dispute.remind', 'charge.dispute.resolve']);

/** States of payments that need their charge. */
const expected = new Set(['processing', 'completed']);

/** Runs that wait for an event get a signal. For money that no run waits for, a new run credits or refunds it. */
export function actionsFor(heard: HeardEvent): EventActions {
  const { event, concern, reference, openRefunds } = heard;
  if (event.startsWith('refund.')) {
    return { signals: openRefunds.map((workflowId) => signalTo(RefundPayment, workflowId, 'refundMoved')) };
  }
  if (disputes.has(event)) return actionsForDispute(heard);
  if (event !== 'charge.success') return {};

  const settleLate = { startUnlessSignalled: startOf(SettleLateCharge, { reference }) };
  if (concern.kind === 'payment') return expected.has(concern.state) ? {} : settleLate;
  if (concern.kind === 'none' || concern.credited === reference) return {};
  if (concern.state !== 'waiting') return settleLate;
  return { signals: [signalTo(TopUpWallet, topUpRunId.of(concern.topUpId), 'charged')], ...settleLate };
}

/** The first event about a dispute starts its run. Later events make the run ask Paystack again. */
function actionsForDispute({ event, concern, disputeId, reference }: HeardEvent): EventActions {
  const dispute = HandleDisputeInput.safeParse({ disputeId, reference }).data;
  if (concern.kind === 'none' || !dispute) return {};
  const start = startOf(HandleDispute, dispute);
  if (event === newDispute) return { start };
  return { start, signals: [signalTo(HandleDispute, HandleDispute.id.of(dispute), 'disputeMoved')] };
}

function startOf<C extends WorkflowContract>(contract: C, input: InputOf<C> & object): RunToStart {
  return { contract, input };
}

function signalTo<C extends WorkflowContract>(
  contract: C,
  workflowId: string,
  name: keyof C['signals'] & string,
): SignalToSend {
  return { contract, workflowId, name };
}
