import type { InputOf, ResolveAnswer, ResolveRequest, WorkflowContract } from '@longhaul/contracts';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, describe, expect, it } from 'vitest';
import { House } from '../house.ts';
import { isParked, until } from '../waiting.ts';
import { disturbances, disturbancesAt, expectedEnd, type Disturbance } from './faults.ts';
import { runModes } from '../run-modes.ts';
import { disturbByMessages, messagesTo } from './messages.ts';
import { Pool } from './pool.ts';
import { stepsLeftOut, waysOf, type FaultRule, type Scenario } from './scenario.ts';
import type { Trial } from './trial.ts';

/**
 * Runs each step × the disturbances of its call, on the sandbox, with the checker after each cell; in the deep run also with the
 * fast path off. A cell whose disturbance did not occur fails, because it would prove nothing.
 */
export function faultMatrix<C extends WorkflowContract>(options: Trial<C>): void {
  const { contract, scenarios, exempt = [] } = options;

  it(`${contract.type}: every declared step is in the matrix`, () => {
    expect(stepsLeftOut(contract, scenarios, exempt)).toEqual([]);
  });

  inHouses(options, (scenario, inHouse) => {
    eachCell(scenario, disturbancesAt, inHouse, (house, cell) => disturbCall(options, scenario, house, cell));
    eachCell(
      scenario,
      () => messagesTo(contract),
      inHouse,
      async (house, cell) => {
        const input = await prepare(house, scenario);
        const at = callOf(options, cell.step, input);
        house.sandbox.faults.set({ seed: 1, rules: [...(scenario.faults ?? [])] });
        await disturbByMessages({ ...cell, house, contract, input, at, ends: scenario.ends });
      },
    );
  });
}

interface Cell {
  readonly name: string;
  readonly step: string;
  readonly fastPath: boolean;
}

async function disturbCall<C extends WorkflowContract>(
  options: Trial<C>,
  scenario: Scenario<C>,
  house: House,
  { name, step, fastPath }: Cell,
): Promise<void> {
  const disturbance = disturbances[name]!;
  const whenRefused = scenario.steps[step]!;
  const input = await prepare(house, scenario);
  const met = () => house.faultsMet(disturbance.rule.kind, callOf(options, step, input));
  const metBefore = met();
  const rule = ruleFor(options, step, input, disturbance);
  house.sandbox.faults.set({ seed: 1, rules: [rule, ...(scenario.faults ?? [])] });
  const run = await house.start(options.contract, input, { fastPath });
  if (disturbance.final && whenRefused.endsWith('parks')) await tryAgainWhenParked(house, run, step);
  const outcome = (await run.result()) as { status: string };
  expect(outcome.status).toBe(expectedEnd(disturbance, whenRefused, scenario.ends));
  expect(met(), 'the disturbance was never met').toBeGreaterThan(metBefore);
}

async function tryAgainWhenParked(house: House, run: WorkflowHandle, step: string): Promise<void> {
  expect(await until(run, isParked)).toMatchObject({ attention: { step } });
  house.sandbox.faults.clear();
  const retry: ResolveRequest = { action: 'retry', by: 'the matrix' };
  await run.executeUpdate<ResolveAnswer, [ResolveRequest]>('resolve', { args: [retry] });
}

/** The fault rule for this call only. A step that runs several times is disturbed the first time. */
function ruleFor<C extends WorkflowContract>(
  { contract, reads }: Trial<C>,
  step: string,
  input: InputOf<C>,
  { rule }: Disturbance,
): FaultRule {
  const read = reads?.[step];
  if (!read) return { key: `^${contract.id.of(input)}/${step}(/1)?$`, ...rule };
  const { askedBefore = 0 } = read;
  const { to } = rule.attempts ?? {};
  const attempts = { from: askedBefore + 1, ...(to !== undefined && { to: askedBefore + to }) };
  return { route: read.route, key: read.path(input), ...rule, attempts };
}

/** The name of a step's call in `atCall`: its key, or the route of a read. */
function callOf<C extends WorkflowContract>(options: Trial<C>, step: string, input: InputOf<C>): string {
  const { reads, contract, numbered = [] } = options;
  const number = numbered.includes(step) ? '/1' : '';
  return reads?.[step]?.route ?? `${contract.id.of(input)}/${step}${number}`;
}

/** Runs a cell in a house that no other cell uses at the same time. */
type InHouse = (work: (house: House) => Promise<void>) => Promise<void>;

function eachCell<C extends WorkflowContract>(
  scenario: Scenario<C>,
  namesAt: (place: number) => readonly string[],
  inHouse: InHouse,
  work: (house: House, cell: Cell) => Promise<void>,
): void {
  for (const fastPath of waysOf(scenario)) {
    describe(`fast path ${fastPath ? 'on' : 'off'}`, () => {
      for (const [place, step] of Object.keys(scenario.steps).entries()) {
        it.each(namesAt(place))(`${step} survives: %s`, (name) =>
          inHouse(async (house) => {
            await work(house, { name, step, fastPath });
            house.sandbox.faults.clear();
            expect(house.callsThatNeverCame, 'a call never came').toEqual([]);
            await house.judge();
          }),
        );
      }
    });
  }
}

/** Opens as many houses as cells run in parallel, once for each setting of `servicesBehindMs`. */
function inHouses<C extends WorkflowContract>(
  { contract, workers, scenarios }: Trial<C>,
  cells: (scenario: Scenario<C>, inHouse: InHouse) => void,
): void {
  for (const mode of runModes) {
    for (const servicesBehindMs of new Set(scenarios.map((scenario) => scenario.servicesBehindMs ?? 0))) {
      // Cells spend a third of their time waiting, so some run in parallel.
      describe.concurrent(`${contract.type} (${mode})`, () => {
        const pool = new Pool(async () => House.open(await workers(), { mode, servicesBehindMs }));
        afterAll(() => pool.close());
        for (const scenario of scenarios.filter((each) => (each.servicesBehindMs ?? 0) === servicesBehindMs)) {
          describe(scenario.name, () => cells(scenario, (work) => pool.use(work)));
        }
      });
    }
  }
}

function prepare<C extends WorkflowContract>(house: House, scenario: Scenario<C>): Promise<InputOf<C>> {
  return scenario.input({
    nowMs: () => house.nowMs(),
    after: async (other, input) => {
      const outcome = await (await house.start(other, input)).result();
      // Runs that it started may go on after its end, and would disturb the next cell.
      await house.rest();
      return outcome;
    },
    sandbox: house.sandbox,
  });
}
