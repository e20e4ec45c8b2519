import { setTimeout as sleep } from 'node:timers/promises';
import {
  BookRide,
  BookRideOutcome,
  DecisionAnswer,
  HandleDispute,
  HandleDisputeOutcome,
  type RunReport,
} from '@longhaul/contracts';
import {
  evidenceOf,
  houseApi,
  namespace,
  type Addresses,
  type HouseApi,
  type StartedRun,
} from '@longhaul/testing/processes';
import { live, runSteps, type Shown } from '../steps.ts';
import type { Ended, Tour, TourCase } from './case.ts';
import { cases } from './cases.ts';
import { declineAtPaystack, disputeOnRecord } from './disputes.ts';
import { judge } from './judge.ts';
import { printTable, type Row } from './table.ts';

const endStates: readonly RunReport['state'][] = ['finished', 'failed', 'parked'];
const lookAgainMs = 100;
const caseWithinMs = 45_000;
const casesAtATime = 4;
const operator = 'u-operator';

/** Runs every case whose workers are started; true if each ended as expected and the checker found no violation. */
export async function runTour(
  addresses: Addresses,
  workers: readonly string[],
  interrupted: Promise<never>,
): Promise<boolean> {
  const api = houseApi(addresses);
  const begunAt = new Date();
  const rows: Row[] = [];
  const possible = cases.filter(({ needs }) => needs.every((name) => workers.includes(name)));
  const leftOut = cases.length - possible.length;
  console.log(`\nThe tour: ${possible.length} runs through ${addresses.gateway}`);
  if (leftOut > 0) console.log(`${leftOut} more need workers that --only left out.`);

  const steps = possible.map((tourCase) => ({
    title: tourCase.title,
    async run(shown: Shown) {
      const runs: StartedRun[] = [];
      const { happened, asItShould } = await attempt(tourCase, tourOf(api, addresses, runs, tourCase, shown));
      const links = runs.map(({ workflowId, runId }) => linkTo(addresses, workflowId, runId));
      rows.push({ tourCase, happened, asItShould, links });
      shown.title(`${tourCase.title}: ${happened}`);
    },
  }));
  await runSteps(steps, interrupted, casesAtATime);

  printTable(possible.flatMap((tourCase) => rows.filter((row) => row.tourCase === tourCase)));
  const silent = await judge(addresses, api, begunAt);
  return silent && rows.every(({ asItShould }) => asItShould);
}

/** A case that throws is a row of the table, too, and the others go on. */
async function attempt(tourCase: TourCase, tour: Tour): Promise<Ended> {
  try {
    return await tourCase.run(tour);
  } catch (error) {
    return { happened: error instanceof Error ? error.message : String(error), asItShould: false };
  }
}

function tourOf(api: HouseApi, addresses: Addresses, runs: StartedRun[], { title }: TourCase, shown: Shown): Tour {
  const giveUpAt = Date.now() + caseWithinMs;
  let last = '';
  const show = (text: string) => {
    if (text === last || text === '') return;
    last = text;
    shown.say(live ? text : `${title}: ${text}`);
  };
  const seen = (run: StartedRun) => {
    runs.push(run);
    return run;
  };
  const tour: Tour = {
    start: async (contract, input, user) => seen(await api.start(contract, input, user)),
    quoted: (request) => api.quoted(request, 'RWF'),
    bookToTheEnd: async (ride) => tour.end(await tour.start(BookRide, ride, ride.user), BookRideOutcome),
    async until(run, reached) {
      while (Date.now() < giveUpAt) {
        const status = await api.status(run);
        show(inWords(status));
        if (reached(status)) return status;
        await sleep(lookAgainMs);
      }
      throw new Error(`Not reached within ${caseWithinMs / 1_000} s [${run.workflowId}]: ${last}`);
    },
    async cancel(run, reason) {
      const answer = await api.cancel(run, reason);
      show(`cancel: ${answer.answer}`);
      return answer;
    },
    async approve(run, by) {
      while (Date.now() < giveUpAt) {
        // Only the people who are asked see the run.
        const answer = await api.send(run, { message: 'approve', by, body: {} }, DecisionAnswer);
        if (answer) {
          show(`${by}: ${answer.detail}`);
          return answer;
        }
        await sleep(lookAgainMs);
      }
      throw new Error(`${by} was not asked within ${caseWithinMs / 1_000} s [${run.workflowId}]`);
    },
    async end(run, outcome) {
      const { state, attention, failure } = await tour.until(run, ({ state }) => endStates.includes(state));
      if (state !== 'finished') throw new Error(`${state}: ${attention?.code ?? failure ?? 'without a code'}`);
      const result = await api.result(run, outcome);
      if (result === undefined) throw new Error(`The run finished without a result [${run.workflowId}]`);
      return result;
    },
    async failedCalls(key) {
      const evidence = await evidenceOf(addresses.sandbox);
      return evidence.calls.filter((call) => call.key === key && (call.status ?? 599) >= 500).length;
    },
    async pay(authorizationUrl) {
      const paid = await fetch(`${authorizationUrl}/pay`, { method: 'POST' });
      if (!paid.ok) throw new Error(`The checkout page refused the payment: ${paid.status}`);
      show('paid on the page');
    },
    endOf: (workflowId, { http }) =>
      tour.until(startedByAnother(workflowId, http), ({ state }) => endStates.includes(state)),
    async disputeAbout(reference) {
      const disputeId = await disputeOnRecord(addresses.sandbox, reference, giveUpAt);
      const run = startedByAnother(HandleDispute.id.of({ disputeId, reference }), HandleDispute.http);
      const { runId } = await tour.until(run, ({ state }) => state === 'parked');
      return { disputeId, run: seen({ ...run, runId }) };
    },
    async declineClaim({ disputeId, run }) {
      await declineAtPaystack(addresses.sandbox, disputeId);
      const { outcome } = await tour.until(run, ({ state }) => state === 'finished');
      return HandleDisputeOutcome.parse(outcome);
    },
  };
  return tour;
}

/** It is nobody's, so that operators ask for it. */
function startedByAnother(workflowId: string, { runs }: { readonly runs: string }): StartedRun {
  const path = `${runs}/${workflowId}`;
  return { workflowId, runId: '', user: operator, path, answer: undefined, operations: true };
}

function inWords({ state, stepsDone, waitingFor }: RunReport): string {
  const done = stepsDone.map((step) => `${words(step)} ✓`);
  const now = waitingFor ? [`${words(waitingFor.step)} …`] : [];
  // For an ended run only the outcome is shown.
  if (endStates.includes(state)) return '';
  // The worker answers after the present call.
  if (state === 'unknown') return 'in the middle of a call …';
  return [...done, ...now].join('  ') || state;
}

const words = (step: string) => step.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function linkTo({ temporalUi }: Addresses, workflowId: string, runId: string): string {
  if (temporalUi === undefined) return workflowId;
  return `${temporalUi}/namespaces/${namespace}/workflows/${workflowId}/${runId}/history`;
}
