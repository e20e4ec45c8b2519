import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/database.ts';
import { describeWithSandbox, fare, fresh, hold, startHarness } from './harness.fixture.ts';

describeWithSandbox('The evidence', (at) => {
  it('has each effect with its key and correlation id, in order', async () => {
    const [request, chargeId, bookingId] = [await hold(at()), fresh('charge'), fresh('bk')];
    const how = { correlationId: fresh('corr') };
    await at().post('/booking/holds', request, how);
    await at().post('/payment/charges', { chargeId, user: request.user, fare }, how);
    await at().post('/booking/bookings', { bookingId, holdId: request.holdId, chargeId, fare }, how);
    await at().post(
      '/fleet/manifests/passengers',
      { trip: request.trip, bookingId, seat: '1A' },
      { ...how, key: 'k/list' },
    );
    const evidence = await at().sandbox.evidence();
    const mine = evidence.journal.filter(({ correlationId }) => correlationId === how.correlationId);
    expect(mine.map(({ service, effect }) => [service, effect])).toEqual([
      ['booking', 'seat-held'],
      ['payment', 'charge-captured'],
      ['booking', 'booking-confirmed'],
      ['fleet', 'passenger-listed'],
    ]);
    expect(mine.map(({ seq }) => seq)).toEqual(mine.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(mine.at(-1)).toEqual({
      seq: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      service: 'fleet',
      effect: 'passenger-listed',
      key: 'k/list',
      correlationId: how.correlationId,
      bookingId,
      trip: request.trip,
      seat: '1A',
    });
    expect(evidence.claims).toContainEqual({
      holdId: request.holdId,
      trip: request.trip,
      seat: '1A',
      state: 'confirmed',
      expiresAt: null,
    });
    expect(evidence.capacity).toContainEqual({ trip: request.trip, seats: 40 });
  });

  it('is the same over HTTP', async () => {
    const { journal, calls, ledger, mails } = await at().sandbox.evidence();
    expect((await at().get('/evidence')).body).toMatchObject({ journal, calls, ledger, mails });
  });

  it('counts a request that could not be parsed', async () => {
    const response = await fetch(`${at().sandbox.urls.payment}/charges`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k/broken' },
      body: '{"chargeId":',
    });
    expect(response.status).toBe(400);
    const { calls } = await at().sandbox.evidence();
    expect(calls.find(({ key }) => key === 'k/broken')).toMatchObject({
      route: 'POST /charges',
      attempt: 1,
      status: 400,
    });
  });
});

describeWithSandbox('The token issuer', (at) => {
  it('issues tokens that can be verified with its key set, found through discovery', async () => {
    const discovery = (await at().get('/issuer/.well-known/openid-configuration')).body as Record<string, string>;
    const answer = await at().post('/issuer/token', { sub: 'u-ada', scope: 'operations' });
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri ?? ''));
    const tokens = [String(answer.body.access_token), await at().sandbox.token('u-ada', 'operations')];
    for (const token of tokens) {
      const { payload } = await jwtVerify(token, keys, { issuer: discovery.issuer ?? '', audience: 'longhaul' });
      expect(payload).toMatchObject({ sub: 'u-ada', scope: 'operations' });
    }
    expect(JSON.stringify((await at().get('/issuer/.well-known/jwks.json')).body)).not.toContain('"d"');
  });

  it('names the invalid fields of a request for a token', async () => {
    const answer = await at().post('/issuer/token', { subject: 'u-ada' });
    const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([answer.status, ...pointers.toSorted()]).toEqual([400, '/sub', '/subject']);
  });
});

describe('A sandbox with a folder', () => {
  it('has all its data after a restart, and its journals cannot be changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-folder-'));
    try {
      const first = await startHarness({ database: { folder } });
      await first.post('/booking/holds', await hold(first));
      const token = await first.sandbox.token('u-ada');
      const { journal } = await first.sandbox.evidence();
      await first.sandbox.close();

      const second = await startHarness({ database: { folder } });
      expect((await second.sandbox.evidence()).journal).toEqual(journal);
      await jwtVerify(token, createRemoteJWKSet(new URL(`${second.sandbox.urls.issuer}/.well-known/jwks.json`)));
      await second.sandbox.close();

      const database = await openDatabase({ folder });
      for (const change of [
        'update journal set key = null',
        'delete from journal',
        'truncate ledger_lines',
        'delete from ledger_chain',
        'delete from merchant_events',
        'delete from invoices',
      ]) {
        await expect(database.query(change)).rejects.toThrow('only grows');
      }
      const lopsided = `insert into ledger_lines (journal_id, account, amount, currency) values (1, 'a', 5, 'EUR')`;
      await expect(database.query(lopsided)).rejects.toThrow('must balance');
      const journal7 = `insert into ledger_lines (journal_id, account, amount, currency)
        values (7, 'a', 5, 'EUR'), (7, 'b', -5, 'EUR')`;
      await database.query(journal7);
      await expect(database.query(journal7)).rejects.toThrow('ledger_chain_journal_id_key');
      await database.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('A database that does not answer', () => {
  it('is reported without its password', async () => {
    const opening = openDatabase({ url: 'postgres://me:secret@127.0.0.1:1/nowhere' });
    await expect(opening).rejects.toThrow('No PostgreSQL answers at DATABASE_URL [postgres://me@127.0.0.1:1/nowhere]');
  });
});
