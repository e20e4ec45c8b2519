import type { InputOf, WorkflowContract } from '@longhaul/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { recordWait } from '../deep/record.ts';
import { KillableHouse } from './killable-house.ts';
import { Pool } from './pool.ts';
import { stepsLeftOut, waysOf, type Scenario } from './scenario.ts';
import type { Trial } from './trial.ts';

/** From the start of the run to its outcome, including the start of a new worker. */
const usualCellMs = 5_000;
/** A lost attempt is noticed after its timeout, and an unsafe one is looked up as long as it may still take effect. */
const timeout = 300_000;

/**
 * Runs each step × its worker killed before the call is worked, and before the answer arrives. The workers are processes that
 * get SIGKILL, the server notices by its timeouts, a new worker is started, and the checker runs at the end.
 */
export function killMatrix<C extends WorkflowContract>(options: Trial<C>): void {
  const { contract, scenarios, worker, servedElsewhere = {}, exempt = [] } = options;
  const workers = [...new Set([worker, ...Object.values(servedElsewhere)])];
  const skews = [...new Set(scenarios.map(({ servicesBehindMs = 0 }) => servicesBehindMs))];
  const pools = new Map(
    skews.map((servicesBehindMs) => [
      servicesBehindMs,
      new Pool(() => KillableHouse.open(workers, { servicesBehindMs })),
    ]),
  );
  afterAll(() => Promise.all([...pools.values()].map((pool) => pool.close())));

  it(`${contract.type}: every declared step is in the kill matrix`, () => {
    expect(stepsLeftOut(contract, scenarios, exempt)).toEqual([]);
  });

  // Cells mostly wait for timeouts, so several run in parallel.
  describe.concurrent(`${contract.type}, its worker killed`, () => {
    for (const scenario of scenarios) {
      for (const step of Object.keys(scenario.steps)) {
        for (const fastPath of waysOf(scenario)) {
          for (const phase of ['before', 'after'] as const) {
            it(`${phase} ${step}, ${scenario.name}, fast path ${fastPath ? 'on' : 'off'}`, { timeout }, async () => {
              const pool = pools.get(scenario.servicesBehindMs ?? 0)!;
              await pool.use((house) => killAt(house, options, scenario, step, phase, fastPath));
            });
          }
        }
      }
    }
  });
}

async function killAt<C extends WorkflowContract>(
  house: KillableHouse,
  { contract, reads, numbered = [], worker, servedElsewhere }: Trial<C>,
  scenario: Scenario<C>,
  step: string,
  phase: 'before' | 'after',
  fastPath: boolean,
): Promise<void> {
  const input: InputOf<C> = await scenario.input({
    nowMs: () => Date.now(),
    after: async (other, earlier) => {
      const outcome = await (await house.start(other, earlier)).result();
      await house.rest();
      return outcome;
    },
    sandbox: house.sandbox,
  });
  const call = reads?.[step]?.route ?? `${contract.id.of(input)}/${step}${numbered.includes(step) ? '/1' : ''}`;
  const killed = house.killAt(phase, call, servedElsewhere?.[step] ?? worker);
  // Before: the call was sent, but its service never received it.
  const key = reads?.[step]?.path(input) ?? `^${call}$`;
  const unseen = phase === 'before' ? [{ key, kind: 'error-before-commit', attempts: { to: 1 } } as const] : [];
  house.sandbox.faults.set({ seed: 1, rules: [...unseen, ...(scenario.faults ?? [])] });
  const startedAt = Date.now();
  const run = await house.start(contract, input, { fastPath });
  const outcome = (await run.result()) as { status: string };
  const tookMs = Date.now() - startedAt;
  await killed;
  expect(outcome.status).toBe(scenario.ends);
  await house.judge();
  recordWait(`${contract.type}, killed ${phase} ${step}`, tookMs, usualCellMs);
}
