import type { InputOf, WorkflowContract } from '../contract.ts';
import { HandleDispute, HandleDisputeInput } from './handle-dispute.ts';
import { topUpRunId } from './ids.ts';
import { RefundPayment } from './refund-payment.ts';
import { SettleLateCharge, TopUpWallet } from './top-up-wallet.ts';

/** An event of the card gateway, with what the payment service has on record about its reference. */
export interface HeardEvent {
  readonly event: string;
  readonly reference: string;
  /** Of a dispute: its number there. */
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

/** What an event asks for, in this order. Without an entry it asks for nothing. */
interface EventActions {
  /** Started, unless it is there. */
  readonly start?: RunToStart;
  /** Sent, all of them. A run that has ended needs none. */
  readonly signals?: readonly SignalToSend[];
  /** Started, unless it is there, when no signal found its run. */
  readonly startUnlessSignalled?: RunToStart;
}

export interface RunToStart {
  readonly contract: WorkflowContract;
  readonly input: object;
}

/** All these signals are hints without content: the run asks the card gateway itself. */
export interface SignalToSend {
  readonly contract: WorkflowContract;
  readonly workflowId: string;
  readonly name: string;
}

const newDispute = 'charge.dispute.create';
const disputes = new Set([newDispute, 'charge.dispute.remind', 'charge.dispute.resolve']);

/** The states of payments whose charge is expected: what it is for is given, or is about to be. */
const expected = new Set(['processing', 'completed']);

/** Who waits for an event gets a signal. Money that nobody waits for gets a run of its own, so that it is credited or given back. */
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

/** Whichever is heard first begins its run. What comes after it makes the run ask Paystack again. */
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
