import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCfnLint, tellOnlyWaits } from '@longhaul/testing/servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, read, tracked } from './repository.fixture.ts';

const templates = tracked.filter((path) => /^infrastructure\/aws\/.*\.ya?ml$/.test(path));
const paymentIntake = 'infrastructure/aws/payment-intake.yaml';

let linter: string;
let folder: string;

beforeAll(async () => {
  linter = await findCfnLint(tellOnlyWaits());
  folder = await mkdtemp(join(tmpdir(), 'longhaul-templates-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** All findings of the linter, including informational ones. */
function lint(path: string): Promise<{ readonly clean: boolean; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(linter, ['--include-checks', 'I', '--', path], (error, stdout, stderr) =>
      resolve({ clean: error === null, said: stdout + stderr }),
    );
  });
}

it('there is a template for the payment intake', () => {
  expect(templates).toContain(paymentIntake);
});

it.each(templates)('the linter finds nothing in %s', async (path) => {
  expect(await lint(at(path))).toEqual({ clean: true, said: '' });
});

describe('the linter finds', () => {
  it.each([
    ['a resource that is not there', 'KmsMasterKeyId: !Ref Key', 'KmsMasterKeyId: !Ref Kee', 'E1020'],
    ['an action that is misspelled', 'sqs:ReceiveMessage,', 'sqs:RecieveMessage,', 'W3037'],
    ['a message that comes back while it is taken', 'VisibilityTimeout: 180', 'VisibilityTimeout: 20', 'E3505'],
    ['a property that does not exist', 'MaximumMessageSize:', 'MaximalMessageSize:', 'E3002'],
  ])('%s', async (_what, right, wrong, rule) => {
    const text = read(paymentIntake);
    expect(text).toContain(right);
    const broken = join(folder, `${rule}.yaml`);
    await writeFile(broken, text.replace(right, wrong));
    const { clean, said } = await lint(broken);
    expect(clean).toBe(false);
    expect(said).toContain(rule);
  });
});

describe('the payment intake in AWS', () => {
  const text = read(paymentIntake);
  const numberAfter = (name: string) => Number(new RegExp(`^ +${name}: (\\d+)$`, 'm').exec(text)?.[1]);

  it('has a visibility timeout of at least six times the time of its function', () => {
    expect(numberAfter('VisibilityTimeout')).toBeGreaterThanOrEqual(6 * numberAfter('Timeout'));
  });

  it('reports failed messages one by one, because otherwise failed messages are deleted', () => {
    expect(text).toMatch(/^ +FunctionResponseTypes: \[ReportBatchItemFailures\]$/m);
  });

  it('keeps dead letters longer than messages, because a moved message keeps its age', () => {
    const [queue, dead] = [...text.matchAll(/MessageRetentionPeriod: (\d+)/g)].map(([, seconds]) => Number(seconds));
    expect(dead).toBeGreaterThan(queue!);
  });
});
