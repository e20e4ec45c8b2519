import type {
  BookRideInput,
  BookRideOutcome,
  CancelAnswer,
  HandleDisputeOutcome,
  RunReport,
  StartableContract,
} from '@longhaul/contracts';
import type { RideRequest, StartedRun } from '@longhaul/testing/processes';
import type { z } from 'zod';

/** What a case of the tour can do; all of it is shown as it happens. */
export interface Tour {
  start<C extends StartableContract>(contract: C, input: z.input<C['input']>, user: string): Promise<StartedRun>;
  /** The ride with its price, which the booking service is asked for. */
  quoted(wish: RideRequest): Promise<BookRideInput>;
  bookToTheEnd(ride: BookRideInput): Promise<BookRideOutcome>;
  until(run: StartedRun, reached: (status: RunReport) => boolean): Promise<RunReport>;
  cancel(run: StartedRun, reason: string): Promise<CancelAnswer>;
  end<Outcome extends z.ZodType>(run: StartedRun, outcome: Outcome): Promise<z.output<Outcome>>;
  /** How often the services have failed a call with this key, by their own record. */
  failedCalls(key: string): Promise<number>;
  /** Pays on the page that a top-up was answered with, as its user does in a browser. */
  pay(authorizationUrl: string): Promise<void>;
  /** Looks at a run that another one started, until it has ended. */
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
  /** The workers without which it cannot end. */
  readonly needs: readonly string[];
  run(tour: Tour): Promise<Ended>;
}

export interface Ended {
  /** In the words of the table. */
  readonly happened: string;
  readonly asItShould: boolean;
}

/** A tour may be run again on the same server: its requests are new ones. */
export const tourId = Date.now().toString(36);
