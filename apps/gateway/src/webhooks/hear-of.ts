import { InputConflict, RunFinished, RunNotFound } from '@longhaul/client';
import {
  HandleDispute,
  HandleDisputeInput,
  RefundPayment,
  SettleLateCharge,
  TopUpWallet,
  topUpRunId,
} from '@longhaul/contracts';
import type { GatewayConcern } from '@longhaul/service-clients';
import type { LonghaulClient } from '../routes/route.ts';

/** An event of the card gateway, with what the payment service has on record about its reference. */
export interface HeardEvent {
  readonly event: string;
  readonly reference: string;
  /** Of a dispute: its number there. */
  readonly disputeId?: string | undefined;
  readonly concern: GatewayConcern;
  /** The ids of the runs whose refunds of this charge are not settled. */
  readonly openRefunds: readonly string[];
}

/** What was done about it: a run was told, a late charge is being settled, or there is nothing to do. */
export type Done = 'told' | 'late' | 'nothing';

/** Tells whoever waits for it. Money that nobody waits for gets a run of its own, so that it is credited or given back. */
export async function hearOf(longhaul: LonghaulClient, heard: HeardEvent, correlationId: string): Promise<Done> {
  if (heard.event.startsWith('refund.')) return tellRefunds(longhaul, heard.openRefunds);
  if (disputes.has(heard.event)) return tellOfDispute(longhaul, heard, correlationId);
  if (heard.event !== 'charge.success') return 'nothing';

  const { concern, reference } = heard;
  const settleLate = () => settleLateCharge(longhaul, reference, correlationId);
  if (concern.kind === 'payment') return expected.has(concern.state) ? 'nothing' : settleLate();
  if (concern.kind === 'none' || concern.credited === reference) return 'nothing';
  if (concern.state !== 'waiting') return settleLate();
  const { topUpId } = concern;
  const told = await unlessOver(longhaul.handle(TopUpWallet, topUpRunId.of(topUpId)).signal('charged', {}));
  return told ? 'told' : settleLate();
}

/** The states of payments whose charge is no news: what it is for is given, or is about to be. */
const expected = new Set(['processing', 'completed']);

async function tellRefunds(longhaul: LonghaulClient, runs: readonly string[]): Promise<Done> {
  const signals = runs.map((workflowId) => longhaul.handle(RefundPayment, workflowId).signal('refundMoved', {}));
  const told = await Promise.all(signals.map(unlessOver));
  return told.includes(true) ? 'told' : 'nothing';
}

const newDispute = 'charge.dispute.create';
const disputes = new Set([newDispute, 'charge.dispute.remind', 'charge.dispute.resolve']);

/** Whichever is heard first begins its run. What comes after it makes the run ask Paystack again. */
async function tellOfDispute(
  longhaul: LonghaulClient,
  { event, concern, disputeId, reference }: HeardEvent,
  correlationId: string,
): Promise<Done> {
  const dispute = HandleDisputeInput.safeParse({ disputeId, reference }).data;
  if (concern.kind === 'none' || !dispute) return 'nothing';
  await startUnlessThere(longhaul.start(HandleDispute, dispute, { correlationId }));
  if (event !== newDispute) {
    await unlessOver(longhaul.handle(HandleDispute, HandleDispute.id.of(dispute)).signal('disputeMoved', {}));
  }
  return 'told';
}

async function settleLateCharge(longhaul: LonghaulClient, reference: string, correlationId: string): Promise<Done> {
  await startUnlessThere(longhaul.start(SettleLateCharge, { reference }, { correlationId }));
  return 'late';
}

/** Its id names what it is about: a run that is there, whoever started it, sees to this very charge or dispute. */
async function startUnlessThere(start: Promise<unknown>): Promise<void> {
  try {
    await start;
  } catch (error) {
    if (!(error instanceof InputConflict)) throw error;
  }
}

/** False when the run has ended and needs no telling. */
async function unlessOver(signal: Promise<void>): Promise<boolean> {
  try {
    await signal;
    return true;
  } catch (error) {
    if (error instanceof RunFinished || error instanceof RunNotFound) return false;
    throw error;
  }
}
