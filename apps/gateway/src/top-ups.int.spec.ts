import { connect, type Longhaul } from '@longhaul/client';
import { Queue } from '@longhaul/contracts';
import { startTestServer, type TestServer } from '@longhaul/testing/servers';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authenticator } from './access/authenticate.ts';
import { createGateway } from './gateway.ts';
import { startIssuer, type TestIssuer } from './gateway.fixture.ts';

/** The fake client cannot show what Temporal answers when a start with its update is repeated. */
describe('a top-up, with a Temporal server and a worker', () => {
  let server: TestServer;
  let issuer: TestIssuer;
  let longhaul: Longhaul;
  let app: FastifyInstance;
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    [server, issuer] = await Promise.all([startTestServer(), startIssuer()]);
    const connection = await NativeConnection.connect({ address: server.address });
    const workflowsPath = new URL('./checkout.workflow.fixture.ts', import.meta.url).pathname;
    const worker = await Worker.create({ connection, taskQueue: Queue.payment, workflowsPath });
    const running = worker.run();
    stopWorker = async () => {
      worker.shutdown();
      await running;
      await connection.close();
    };
    longhaul = connect({ connection: { address: server.address } });
    const nobody = () => Promise.resolve(undefined);
    app = await createGateway({
      longhaul,
      authenticate: authenticator({ issuer: issuer.url, audience: 'longhaul' }),
      recordOwners: { booking: nobody, payment: nobody },
      log: pino({ level: 'silent' }),
    });
  });
  afterAll(async () => {
    await app.close();
    await longhaul.close();
    await stopWorker();
    await server.stop();
    await issuer.close();
  });

  async function topUp(sub: string, key: string, amount = 500_000) {
    return app.inject({
      method: 'POST',
      url: `/api/v1/wallets/${sub}/top-ups`,
      headers: { authorization: `Bearer ${await issuer.token({ sub })}`, 'idempotency-key': key },
      payload: { money: { amount, currency: 'NGN' } },
    });
  }

  test('that is repeated has the same run and page', async () => {
    const [first, second] = [await topUp('u-ada', 'again'), await topUp('u-ada', 'again')];
    expect(first.statusCode).toBe(202);
    expect(second.statusCode).toBe(202);
    expect(second.body).toBe(first.body);
  });

  test("with another caller's key never gets their page", async () => {
    const first = await topUp('u-ada', 'order-1');
    const { checkout } = first.json<{ checkout: { authorizationUrl: string } }>();
    const second = await topUp('u-eve', 'order-1');
    expect(second.statusCode).not.toBe(500);
    expect(second.body).not.toContain(checkout.authorizationUrl);
    expect(second.body).not.toContain(first.json<{ runId: string }>().runId);
  });

  test('with another amount and the same key is refused', async () => {
    await topUp('u-ada', 'order-2');
    const second = await topUp('u-ada', 'order-2', 1);
    expect(second.statusCode).toBe(422);
    expect(second.json()).toMatchObject({ code: 'input-conflict' });
  });
});
