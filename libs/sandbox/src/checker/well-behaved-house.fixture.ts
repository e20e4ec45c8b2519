import type {
  CallEntry,
  Effect,
  JournalEntry,
  LedgerLine,
  Mail,
  SandboxEvidence,
  SeatClaim,
  Service,
  Trip,
} from '../evidence.ts';
import type { CallerAnswer, Evidence, RunEvidence, StepTrace } from './evidence.ts';

export const trip: Trip = { bus: 'b-1', departureAt: '2026-11-30T08:00:00.000Z' };
const at = '2026-11-21T10:00:00.000Z';
const currency = 'EUR';

/** A run in the making. */
export interface RunUnderWay {
  readonly workflowId: string;
  readonly updates: RunEvidence['updates'][number][];
  did(service: Service, step: string, effect?: Effect, status?: number): void;
  tell(template: string, user: string, data: Record<string, string>): void;
  end(outcome: Readonly<Record<string, unknown>>): void;
}

/** Writes down what each side of the house would: journal, calls, ledger, history, and the answers to callers. */
export class WellBehavedHouse {
  readonly claims = new Map<string, SeatClaim>();
  readonly manifests: { trip: Trip; bookingId: string; seat: string }[] = [];
  readonly answers: CallerAnswer[] = [];
  readonly #journal: JournalEntry[] = [];
  readonly #calls: CallEntry[] = [];
  readonly #ledger: LedgerLine[] = [];
  readonly #mails: Mail[] = [];
  readonly #runs: RunEvidence[] = [];

  begin(type: string, workflowId: string, input: object): RunUnderWay {
    const correlationId = `correlation-${workflowId}`;
    const runId = `run-of-${workflowId}`;
    const user = 'user' in input ? String(input.user) : `u-${workflowId.split('-').at(-1)}`;
    this.answers.push({ call: 'start', workflowId, runId, status: 202, input, correlationId, caller: { user } });
    const steps: StepTrace[] = [];
    const updates: RunEvidence['updates'][number][] = [];
    const did: RunUnderWay['did'] = (service, step, effect, status = 201) => {
      const key = `${workflowId}/${step}`;
      const call = { at, service, key, correlationId };
      this.#calls.push({ ...call, seq: this.#calls.length + 1, route: step, attempt: 1, status, fault: null });
      if (effect) this.#journal.push({ ...effect, ...call, seq: this.#journal.length + 1 });
      const local = service !== 'fleet';
      steps.push({
        step,
        local,
        key: local ? null : key,
        state: 'completed',
        code: null,
        result: null,
        lostAttempts: 0,
      });
    };
    return {
      workflowId,
      updates,
      did,
      tell: (template, to, data) => {
        const messageId = `${workflowId}@longhaul`;
        did('notification', 'notifyPassenger', { effect: 'notice-sent', user: to, template, data, messageId });
        this.#mails.push({ messageId, to, subject: template, text: '' });
      },
      end: (outcome) => {
        const body = { state: 'finished', outcome };
        this.answers.push({ call: 'status', workflowId, status: 200, body, caller: { user } });
        this.answers.push({ call: 'result', workflowId, status: 200, body: outcome, caller: { user } });
        const memo = { correlationId, owner: `digest of ${user}`, inputDigest: 'digest' };
        const silent = { attention: [], signals: [], cancelRequested: false, taskFailures: [], failureCode: null };
        const sizes = { eventCount: 20, largestPayloadBytes: 400, plainText: JSON.stringify(input) };
        const about = { workflowId, runId, type, status: 'completed' as const, startedAt: at, input, memo };
        this.#runs.push({ ...about, outcome, steps, updates, ...silent, ...sizes });
      },
    };
  }

  transfer(from: string, to: string, amount: number): void {
    const journalId = this.#ledger.length / 2 + 1;
    this.#ledger.push({ journalId, account: from, amount: -amount, currency: currency });
    this.#ledger.push({ journalId, account: to, amount, currency: currency });
  }

  evidence(): Evidence {
    const { claims, manifests, answers } = this;
    const sandbox: SandboxEvidence = {
      at,
      journal: this.#journal,
      calls: this.#calls,
      ledger: this.#ledger,
      claims: [...claims.values()],
      capacity: [{ trip, seats: 3 }],
      manifests,
      mails: this.#mails,
      payments: [],
      topUps: [],
      gatewayTransactions: [],
      merchantEvents: [],
      endpoints: [],
      ledgerChain: [],
    };
    const stopped = { process: 'booking-worker', signal: 'SIGTERM', exitCode: 0, withinGrace: true } as const;
    return { sandbox, runs: this.#runs, answers, workers: [stopped] };
  }
}
