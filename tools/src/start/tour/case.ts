import type {
  BookRideInput,
  BookRideOutcome,
  CancelAnswer,
  DecisionAnswer,
  HandleDisputeOutcome,
  RunReport,
  StartableContract,
} from '@longhaul/contracts';
import type { RideRequest, StartedRun } from '@longhaul/testing/processes';
import type { z } from 'zod';

/** The actions of a tour case. All of them are shown as they happen. */
export interface Tour {
  start<C extends StartableContract>(contract: C, input: z.input<C['input']>, user: string): Promise<StartedRun>;
  /** Gets a quote for the ride, and returns the input of the booking. */
  quoted(request: RideRequest): Promise<BookRideInput>;
  bookToTheEnd(ride: BookRideInput): Promise<BookRideOutcome>;
  until(run: StartedRun, reached: (status: RunReport) => boolean): Promise<RunReport>;
  cancel(run: StartedRun, reason: string): Promise<CancelAnswer>;
  /** Approves as this person, from when they are asked. */
  approve(run: StartedRun, by: string): Promise<DecisionAnswer>;
  end<Outcome extends z.ZodType>(run: StartedRun, outcome: Outcome): Promise<z.output<Outcome>>;
  /** How many calls with this key have failed, according to the services. */
  failedCalls(key: string): Promise<number>;
  /** Pays on the checkout page of a top-up, like its user in a browser. */
  pay(authorizationUrl: string): Promise<void>;
  /** Waits for the end of a run that another run has started. */
  endOf(workflowId: string, contract: { readonly http: { readonly runs: string } }): Promise<RunReport>;
  /** The dispute that a payer has opened about a charge, from when its run has asked for a person. */
  disputeAbout(reference: string): Promise<OpenDispute>;
  /** Answers the bank as that person does in Paystack's dashboard. Gives how the run ended. */
  declineClaim(dispute: OpenDispute): Promise<HandleDisputeOutcome>;
}

interface OpenDispute {
  readonly disputeId: string;
  readonly run: StartedRun;
}

export interface TourCase {
  readonly title: string;
  readonly asked: string;
  readonly expected: string;
  /** The workers that it needs. */
  readonly needs: readonly string[];
  run(tour: Tour): Promise<Ended>;
}

export interface Ended {
  /** The text in the table. */
  readonly happened: string;
  readonly asItShould: boolean;
}

/** Makes the ids of each tour new, so that it can be repeated on the same server. */
export const tourId = Date.now().toString(36);
