import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { faultKinds, type CallNotice, type FaultKind } from '../index.ts';
import { describeWithSandbox, effectsOn, fare, fresh } from './harness.fixture.ts';

const notices: CallNotice[] = [];

describeWithSandbox(
  'A fault of the plan',
  (at) => {
    const attempt = (body: { chargeId: string }, signal?: AbortSignal) =>
      at().post('/payment/charges', body, { key: `${body.chargeId}/charge`, ...(signal && { signal }) });
    const charge = () => ({ chargeId: fresh('charge'), user: fresh('u'), fare });
    const plan = (kind: FaultKind, key: string, more = {}) =>
      at().sandbox.faults.set({ seed: 1, rules: [{ kind, key: `^${key}/`, attempts: { to: 1 }, ...more }] });
    const callsOf = async (key: string) =>
      (await at().sandbox.evidence()).calls
        .filter((call) => call.key === `${key}/charge`)
        .map(({ attempt, status, fault }) => ({ attempt, status, fault }));

    const withoutWork: [FaultKind, number, string, object][] = [
      ['error-before-commit', 503, 'unavailable', {}],
      ['too-many-requests', 429, 'too-many-requests', { retryAfterSeconds: 7 }],
      ['in-progress', 409, 'request-in-progress', { retryAfterSeconds: 7 }],
      ['refusal', 422, 'no-such-luck', { code: 'no-such-luck' }],
    ];
    it.each(withoutWork)(
      'of kind %s answers %i and does nothing; the next attempt works',
      async (kind, status, code, more) => {
        const body = charge();
        plan(kind, body.chargeId, more);
        const answer = await attempt(body);
        expect(answer).toMatchObject({ status, body: { code } });
        expect(answer.headers.get('retry-after')).toBe('retryAfterSeconds' in more ? '7' : null);
        expect(await effectsOn(at(), body.chargeId)).toEqual([]);
        expect((await attempt(body)).status).toBe(201);
        expect(await callsOf(body.chargeId)).toEqual([
          { attempt: 1, status, fault: kind },
          { attempt: 2, status: 201, fault: null },
        ]);
      },
    );

    it('of kind error-after-commit does the work, answers 500, and the next attempt gets the answer', async () => {
      const body = charge();
      plan('error-after-commit', body.chargeId);
      expect((await attempt(body)).status).toBe(500);
      expect(await effectsOn(at(), body.chargeId)).toEqual(['charge-captured']);
      expect((await attempt(body)).headers.get('idempotent-replayed')).toBe('true');
      expect((await callsOf(body.chargeId))[0]).toEqual({ attempt: 1, status: 500, fault: 'error-after-commit' });
    });

    it('of kind lost-answer does the work and drops the connection', async () => {
      const body = charge();
      plan('lost-answer', body.chargeId);
      await expect(attempt(body)).rejects.toThrow('fetch failed');
      expect(await effectsOn(at(), body.chargeId)).toEqual(['charge-captured']);
      expect(await callsOf(body.chargeId)).toEqual([{ attempt: 1, status: null, fault: 'lost-answer' }]);
    });

    it('of kind delay does the work in the end, although the caller has disconnected', async () => {
      const body = charge();
      plan('delay', body.chargeId, { delayMs: 300 });
      await expect(attempt(body, AbortSignal.timeout(100))).rejects.toThrow();
      while ((await effectsOn(at(), body.chargeId)).length === 0) await wait(20);
      expect(await callsOf(body.chargeId)).toEqual([{ attempt: 1, status: 201, fault: 'delay' }]);
    });

    it('has a case in this spec for every kind', () => {
      const tried = [...withoutWork.map(([kind]) => kind), 'error-after-commit', 'lost-answer', 'delay'];
      expect(tried.toSorted()).toEqual(Object.keys(faultKinds).toSorted());
    });

    it('works for reads, too, which are counted by path', async () => {
      const path = `/booking/bookings/${fresh('bk')}`;
      at().sandbox.faults.set({ seed: 1, rules: [{ kind: 'error-before-commit', key: path, attempts: { to: 1 } }] });
      expect([(await at().get(path)).status, (await at().get(path)).status]).toEqual([503, 404]);
    });

    it('is set, shown and cleared over HTTP', async () => {
      const faults = `${at().sandbox.url}/faults`;
      const put = (body: unknown) =>
        fetch(faults, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      expect((await put({ seed: 'a', rules: [{ kind: 'delay', rate: 0.5 }] })).status).toBe(200);
      expect((await at().get('/faults')).body).toMatchObject({ seed: 'a', rules: [{ kind: 'delay', rate: 0.5 }] });
      const bad = await put({ seed: 'a', rules: [{ kind: 'dely', key: '(', rat: 1 }] });
      const { errors } = (await bad.json()) as { errors: { pointer: string }[] };
      expect([bad.status, ...errors.map(({ pointer }) => pointer).toSorted()]).toEqual([
        400,
        '/rules/0/key',
        '/rules/0/kind',
        '/rules/0/rat',
      ]);
      expect((await fetch(faults, { method: 'DELETE' })).status).toBe(204);
      expect((await at().get('/faults')).body).toEqual({ seed: '', rules: [] });
    });

    it('calls the hook before each call, and after the commit only if the work was done', async () => {
      const body = charge();
      plan('error-before-commit', body.chargeId);
      await attempt(body);
      await attempt(body);
      const seen = notices.filter(({ key }) => key === `${body.chargeId}/charge`);
      expect(seen.map(({ attempt, phase }) => [attempt, phase])).toEqual([
        [1, 'before'],
        [2, 'before'],
        [2, 'after'],
      ]);
    });
  },
  { onCall: (notice) => void notices.push(notice) },
);
