import { randomUUID } from 'node:crypto';
import { CancelAnswer, ResolveAnswer, RunReport } from '@longhaul/contracts';
import type { BookRideInput, Currency, ResolveRequest, StartableContract } from '@longhaul/contracts';
import type { CallerAnswer } from '@longhaul/checker';
import { z } from 'zod';
import { quotedRide, type RideRequest } from '../quoted-ride.ts';
import type { Addresses } from './apps.ts';
import { createCaller, Refused, type Asked } from './caller.ts';

/** The HTTP API as callers use it, with a record of all answers. */
export interface HouseApi {
  /** Gets a quote for the ride from the booking service, and returns the input of the booking. */
  quoted(ride: RideRequest, currency: Currency): Promise<BookRideInput>;
  start<C extends StartableContract>(contract: C, input: z.input<C['input']>, user: string): Promise<StartedRun>;
  status(run: StartedRun): Promise<RunReport>;
  /** Waits for the outcome as long as the API allows in one request; undefined if the run has not ended by then. */
  result<Outcome extends z.ZodType>(run: StartedRun, outcome: Outcome): Promise<z.output<Outcome> | undefined>;
  cancel(run: StartedRun, reason: string): Promise<CancelAnswer>;
  /** Sends one of the contract's messages, as this person; undefined if they do not see the run. */
  send<Answer extends z.ZodType>(run: StartedRun, said: Said, answer: Answer): Promise<z.output<Answer> | undefined>;
  /** As an operator. */
  resolve(run: StartedRun, request: ResolveRequest): Promise<ResolveAnswer>;
  /** All answers, in the order of the requests. */
  readonly answers: readonly CallerAnswer[];
  /** The tokens of its callers, which must not appear in any log or history. */
  readonly secrets: readonly string[];
}

export interface StartedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly user: string;
  /** The path of the run in the API. */
  readonly path: string;
  /** The body of the answer to the start. */
  readonly answer: unknown;
  /** The run has no owner, so it is read with the scope `operations`. */
  readonly operations?: boolean;
}

interface Said {
  readonly message: string;
  readonly by: string;
  readonly body: object;
}

export interface HouseApiOptions {
  /**
   * How long a caller retries, in milliseconds, if there is no answer or it asks for a retry: with the same body and key, as
   * any client should. Default: 15,000, enough for a machine that stalls for a moment.
   */
  readonly patienceMs?: number;
}

/** A run that is started through the queue has no run id yet. */
const Started = z.object({ workflowId: z.string(), runId: z.string().default('') });

const resultWaitSeconds = 25;
const usualPatienceMs = 15_000;

export function houseApi(addresses: Pick<Addresses, 'gateway' | 'sandbox'>, options: HouseApiOptions = {}): HouseApi {
  const answers: CallerAnswer[] = [];
  const { ask, secrets } = createCaller(addresses, options.patienceMs ?? usualPatienceMs);

  /** Sends a request and records all answers, also those to retries. */
  async function noted(note: Pick<CallerAnswer, 'call' | 'workflowId' | 'input'>, asked: Asked) {
    const { user, operations } = asked;
    return ask(asked, ({ body, ...answer }) => {
      const started = note.call === 'start' && Started.safeParse(body).data;
      const caller = { user, ...(operations && { operations }) };
      answers.push({
        ...note,
        ...answer,
        ...(started && started.runId !== '' && { runId: started.runId }),
        body,
        caller,
      });
    });
  }

  return {
    answers,
    secrets,
    quoted: (ride, currency) => quotedRide(`${addresses.sandbox}/booking`, ride, currency),
    async start(contract, input, user) {
      const given = input as Readonly<Record<string, unknown>>;
      const { path, body } = sent(contract.http.start, given);
      // The input of the run has the defaults filled in.
      const meant = contract.input.parse(input);
      const note = { call: 'start', workflowId: contract.id.of(meant), input: meant } as const;
      const { body: answer } = await noted(note, { user, path, body });
      const started = Started.parse(answer);
      return { ...started, user, path: `${contract.http.runs}/${started.workflowId}`, answer };
    },
    async status({ workflowId, user, path, operations = false }) {
      const { body } = await noted({ call: 'status', workflowId }, { user, path: `${path}/status`, operations });
      return RunReport.parse(body);
    },
    async result({ workflowId, user, path }, outcome) {
      const asked = { user, path: `${path}/result?wait=${resultWaitSeconds}` };
      const { status, body } = await noted({ call: 'result', workflowId }, asked);
      return status === 200 ? outcome.parse(body) : undefined;
    },
    async cancel({ workflowId, user, path }, reason) {
      const asked = { user, path: `${path}/cancel`, body: { reason }, key: randomUUID() };
      const { body } = await noted({ call: 'cancel', workflowId }, asked);
      return CancelAnswer.parse(body);
    },
    async send({ path }, { message, by, body: said }, answer) {
      try {
        const { body } = await ask({ user: by, path: `${path}/${message}`, body: said, key: randomUUID() });
        return answer.parse(body);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return undefined;
        throw error;
      }
    },
    async resolve({ path }, request) {
      const asked = { user: request.by, path: `${path}/resolve`, body: request, operations: true };
      const { body } = await ask({ ...asked, key: randomUUID() });
      return ResolveAnswer.parse(body);
    },
  };
}

/** The body without the fields that are in the path. */
function sent(template: string, input: Readonly<Record<string, unknown>>) {
  const inPath = new Set<string>();
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(String(input[name]));
  });
  return { path, body: Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.has(name))) };
}
