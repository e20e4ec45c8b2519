import type {
  CallEntry,
  Effect,
  JournalEntry,
  LedgerLine,
  Mail,
  Money,
  SandboxEvidence,
  SeatClaim,
  Service,
  Trip,
} from '../evidence.ts';
import type { GatewayTransaction, MerchantEvent, PaymentRecord, TopUpRecord } from '../payment-effects.ts';
import { chained } from './chained.fixture.ts';
import type { Draft } from './draft.fixture.ts';
import type { CallerAnswer, Evidence, RunEvidence, StepTrace } from './evidence.ts';

export const trip: Trip = { bus: 'b-1', departureAt: '2026-11-30T08:00:00.000Z' };
const at = '2026-11-21T10:00:00.000Z';

/** How a step's call is told apart from others of its name, and what it was answered. */
interface Manner {
  readonly status?: number;
  /** Default: the step's name. */
  readonly route?: string;
  /** Of steps that are taken more than once. */
  readonly number?: number;
  /** Default: completed. */
  readonly state?: StepTrace['state'];
}

/** Who began a run, and with what correlation id. */
interface Beginning {
  /** Whose run it is. Null for one that no caller has begun. */
  readonly user?: string | null;
  readonly correlationId?: string;
  /** The run that began it. */
  readonly startedBy?: string;
}

/** A run in the making. */
export interface RunUnderWay {
  readonly workflowId: string;
  readonly updates: RunEvidence['updates'][number][];
  readonly signals: string[];
  did(service: Service, step: string, effect?: Effect, manner?: Manner): void;
  /** A step without a key, as reads have none. `key`: for one whose call has another than its own. */
  looked(service: Service, step: string, route: string, manner?: Manner & { key?: string; effect?: Effect }): void;
  tell(template: string, user: string, data: Record<string, string>, step?: string): void;
  begins(type: string, workflowId: string, input: object): RunUnderWay;
  end(outcome: Readonly<Record<string, unknown>>): void;
}

/** Writes down what each side of the house would: journal, calls, ledger, history, and the answers to callers. */
export class WellBehavedHouse {
  readonly claims = new Map<string, SeatClaim>();
  readonly manifests: { trip: Trip; bookingId: string; seat: string }[] = [];
  readonly payments = new Map<string, Draft<PaymentRecord>>();
  readonly topUps = new Map<string, Draft<TopUpRecord>>();
  readonly transactions = new Map<string, Draft<GatewayTransaction>>();
  readonly merchantEvents: MerchantEvent[] = [];
  readonly endpoints: { merchant: string; state: 'active' | 'failing' | 'disabled' }[] = [];
  readonly answers: CallerAnswer[] = [];
  readonly #journal: JournalEntry[] = [];
  readonly #calls: CallEntry[] = [];
  readonly #ledger: LedgerLine[] = [];
  readonly #mails: Mail[] = [];
  readonly #runs: RunEvidence[] = [];

  begin(type: string, workflowId: string, input: object, beginning: Beginning = {}): RunUnderWay {
    const { correlationId = `correlation-${workflowId}`, startedBy } = beginning;
    const { user = 'user' in input ? String(input.user) : `u-${workflowId.split('-').at(-1)}` } = beginning;
    const runId = `run-of-${workflowId}`;
    const caller = user !== null && { caller: { user } };
    if (caller) this.answers.push({ call: 'start', workflowId, runId, status: 202, input, correlationId, ...caller });
    const steps: StepTrace[] = [];
    const updates: RunEvidence['updates'][number][] = [];
    const children: string[] = [];
    const signals: string[] = [];
    const took = (service: Service, step: string, { number, state = 'completed' }: Manner = {}) => {
      const key = `${workflowId}/${step}${number === undefined ? '' : `/${number}`}`;
      const local = service !== 'fleet';
      steps.push({ step, local, key: local ? null : key, state, code: null, result: null, lostAttempts: 0 });
      return key;
    };
    const did: RunUnderWay['did'] = (service, step, effect, manner = {}) => {
      const { status = 201, route = step } = manner;
      this.called({ service, route, key: took(service, step, manner), correlationId, status }, effect);
    };
    return {
      workflowId,
      updates,
      signals,
      did,
      looked: (service, step, route, { key = null, effect, ...manner } = {}) => {
        took(service, step, manner);
        this.called({ service, route, key, correlationId, status: manner.status ?? 200 }, effect);
      },
      tell: (template, to, data, step = 'notifyPassenger') => {
        const messageId = `${workflowId}@longhaul`;
        did('notification', step, { effect: 'notice-sent', user: to, template, data, messageId });
        this.#mails.push({ messageId, to, subject: template, text: '' });
      },
      begins: (childType, childId, childInput) => {
        children.push(childId);
        return this.begin(childType, childId, childInput, { user: null, correlationId, startedBy: workflowId });
      },
      end: (outcome) => {
        if (caller) {
          const body = { state: 'finished', outcome };
          this.answers.push({ call: 'status', workflowId, status: 200, body, ...caller });
          this.answers.push({ call: 'result', workflowId, status: 200, body: outcome, ...caller });
        }
        const inputDigest = startedBy === undefined ? 'digest' : `started by ${startedBy}`;
        const memo = { correlationId, inputDigest, ...(caller && { owner: `digest of ${user}` }) };
        const silent = { attention: [], cancelRequested: false, taskFailures: [], failureCode: null };
        const sizes = { eventCount: 20, largestPayloadBytes: 400, plainText: JSON.stringify(input) };
        const about = { workflowId, runId, type, status: 'completed' as const, startedAt: at, input, memo };
        this.#runs.push({ ...about, outcome, steps, children, updates, signals, ...silent, ...sizes });
      },
    };
  }

  /** A call to a service, and what the service did on it. */
  called(call: Omit<CallEntry, 'seq' | 'at' | 'attempt' | 'fault'>, effect?: Effect): void {
    this.#calls.push({ ...call, seq: this.#calls.length + 1, at, attempt: 1, fault: null });
    if (effect) this.happened(call.service, effect, call);
  }

  /** What a service did, by itself if no call is named. */
  happened(service: Service, effect: Effect, call: Pick<CallEntry, 'key' | 'correlationId'> = byItself): void {
    const { key, correlationId } = call;
    this.#journal.push({ ...effect, service, at, key, correlationId, seq: this.#journal.length + 1 });
  }

  transfer(from: string, to: string, { amount, currency }: Money): void {
    const journalId = this.#ledger.length / 2 + 1;
    this.#ledger.push({ journalId, account: from, amount: -amount, currency });
    this.#ledger.push({ journalId, account: to, amount, currency });
  }

  evidence(): Evidence {
    const { claims, manifests, merchantEvents, endpoints, answers } = this;
    const sandbox: SandboxEvidence = {
      ...{ at, journal: this.#journal, calls: this.#calls, ledger: this.#ledger, mails: this.#mails },
      claims: [...claims.values()],
      capacity: [{ trip, seats: 3 }],
      manifests,
      payments: [...this.payments.values()],
      topUps: [...this.topUps.values()],
      gatewayTransactions: [...this.transactions.values()],
      merchantEvents,
      endpoints,
      ledgerChain: chained(this.#ledger),
    };
    const stopped = { process: 'booking-worker', signal: 'SIGTERM', exitCode: 0, withinGrace: true } as const;
    return { sandbox, runs: this.#runs, answers, workers: [stopped] };
  }
}

const byItself = { key: null, correlationId: null };
