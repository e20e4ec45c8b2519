import { expect, it } from 'vitest';
import { departureAt, describeOnEachDatabase, effectsOn, fare, fresh, hold, type Harness } from './harness.fixture.ts';

const seatsPerBus = 6;

async function confirmed(at: Harness) {
  const request = await hold(at);
  const bookingId = fresh('bk');
  await at.post('/booking/holds', request);
  const booking = { bookingId, holdId: request.holdId, chargeId: fresh('charge'), fare };
  const answer = await at.post('/booking/bookings', { ...booking, madeBy: 'run-1' });
  return { ...request, booking, answer };
}

describeOnEachDatabase(
  'The booking service',
  (at) => {
    it('gives the seats of a bus row by row until it is sold out', async () => {
      const bus = fresh('b');
      const seats = [];
      for (let n = 0; n < seatsPerBus; n++) {
        seats.push((await at().post('/booking/holds', await hold(at(), { bus }))).body.seat);
      }
      expect(seats).toEqual(['1A', '1B', '1C', '1D', '2A', '2B']);
      expect(await at().post('/booking/holds', await hold(at(), { bus }))).toMatchObject({
        status: 409,
        body: { code: 'sold-out' },
      });
    });

    it('never gives one seat to two of many concurrent requests', async () => {
      const bus = fresh('b');
      const answers = await Promise.all(
        Array.from({ length: 3 * seatsPerBus }, async () => at().post('/booking/holds', await hold(at(), { bus }))),
      );
      const seats = answers.flatMap(({ status, body }) => (status === 201 ? [body.seat] : []));
      expect(seats.toSorted()).toEqual(['1A', '1B', '1C', '1D', '2A', '2B']);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    });

    it('treats departure times with different offsets as the same trip', async () => {
      const request = await hold(at());
      await at().post('/booking/holds', request);
      const sameMoment = {
        ...(await hold(at(), { bus: request.trip.bus })),
        trip: { ...request.trip, departureAt: '2031-05-01T09:00:00+01:00' },
      };
      expect((await at().post('/booking/holds', sameMoment)).body.seat).toBe('1B');
    });

    it('frees the seat of an expired hold, and refuses to renew or confirm it', async () => {
      const { holdId, trip, ...rest } = await hold(at(), { ttlSeconds: 30 });
      await at().post('/booking/holds', { holdId, trip, ...rest });
      at().pass(31);
      const renewal = await at().post(`/booking/holds/${holdId}/renewal`, { ttlSeconds: 30 });
      expect(renewal).toMatchObject({ status: 409, body: { code: 'hold-lapsed' } });
      const booking = { bookingId: fresh('bk'), holdId, chargeId: fresh('charge'), fare };
      expect(await at().post('/booking/bookings', booking)).toMatchObject({
        status: 409,
        body: { code: 'hold-lapsed' },
      });
      expect((await at().post('/booking/holds', await hold(at(), { bus: trip.bus }))).body.seat).toBe('1A');
      expect(await effectsOn(at(), holdId)).toEqual(['seat-held', 'hold-lapsed']);
    });

    it('ends each expired hold once when it sweeps', async () => {
      await at().sandbox.sweep();
      const request = await hold(at(), { ttlSeconds: 30 });
      await at().post('/booking/holds', request);
      expect(await at().sandbox.sweep()).toBe(0);
      at().pass(31);
      expect(await at().sandbox.sweep()).toBe(1);
      expect(await at().sandbox.sweep()).toBe(0);
      const { journal } = await at().sandbox.evidence();
      expect(journal.at(-1)).toMatchObject({ effect: 'hold-lapsed', holdId: request.holdId, key: null });
    });

    it('keeps a renewed hold past its first expiry', async () => {
      const request = await hold(at(), { ttlSeconds: 30 });
      await at().post('/booking/holds', request);
      at().pass(20);
      expect((await at().post(`/booking/holds/${request.holdId}/renewal`, { ttlSeconds: 30 })).status).toBe(200);
      at().pass(20);
      await at().sandbox.sweep();
      const { claims } = await at().sandbox.evidence();
      expect(claims).toContainEqual(expect.objectContaining({ holdId: request.holdId, state: 'held' }));
    });

    it('turns a hold into a booking that can be read', async () => {
      const { booking, answer, user, holdId, trip } = await confirmed(at());
      expect(answer).toMatchObject({ status: 201, body: { reference: expect.stringMatching(/^[2-9A-HJ-NP-Z]{6}$/) } });
      expect((await at().get(`/booking/bookings/${booking.bookingId}`)).body).toEqual({
        ...booking,
        state: 'confirmed',
        madeBy: 'run-1',
        cancelledBy: null,
        reference: answer.body.reference,
        user,
        trip,
        holdId,
        seat: '1A',
      });
    });

    it('refuses to renew a confirmed hold', async () => {
      const { holdId } = await confirmed(at());
      const renewal = await at().post(`/booking/holds/${holdId}/renewal`, { ttlSeconds: 60 });
      expect(renewal).toMatchObject({ status: 409, body: { code: 'hold-confirmed' } });
    });

    it('keeps the seat of a cancelled booking until it is released', async () => {
      const { booking, holdId, trip } = await confirmed(at());
      await at().post(`/booking/bookings/${booking.bookingId}/cancellation`, { cancelledBy: 'run-2' });
      const { body } = await at().get(`/booking/bookings/${booking.bookingId}`);
      expect(body).toMatchObject({ state: 'cancelled', cancelledBy: 'run-2' });
      expect((await at().post('/booking/holds', await hold(at(), { bus: trip.bus }))).body.seat).toBe('1B');
      await at().post(`/booking/holds/${holdId}/release`, {});
      expect((await at().post('/booking/holds', await hold(at(), { bus: trip.bus }))).body.seat).toBe('1A');
    });

    it("frees no other hold's seat with a release, even if it is the same seat", async () => {
      const first = await hold(at(), { ttlSeconds: 30 });
      await at().post('/booking/holds', first);
      at().pass(31);
      const second = await hold(at(), { bus: first.trip.bus });
      expect((await at().post('/booking/holds', second)).body.seat).toBe('1A');
      const release = await at().post(`/booking/holds/${first.holdId}/release`, {});
      expect(release).toMatchObject({ status: 200, body: { released: false } });
      const { claims } = await at().sandbox.evidence();
      expect(claims).toContainEqual(expect.objectContaining({ holdId: second.holdId, seat: '1A' }));
    });

    it('refuses a hold and a booking whose undos came first', async () => {
      const request = await hold(at());
      const bookingId = fresh('bk');
      await at().post(`/booking/holds/${request.holdId}/release`, {});
      await at().post(`/booking/bookings/${bookingId}/cancellation`, {});
      expect(await at().post('/booking/holds', request)).toMatchObject({
        status: 409,
        body: { code: 'already-undone' },
      });
      const booking = { bookingId, holdId: request.holdId, chargeId: fresh('charge'), fare };
      expect(await at().post('/booking/bookings', booking)).toMatchObject({
        status: 409,
        body: { code: 'already-undone' },
      });
      expect(await effectsOn(at(), request.holdId)).toEqual(['seat-released']);
    });

    it('has no seat taken after a hold and its release at the same time', async () => {
      const requests = await Promise.all(Array.from({ length: 12 }, () => hold(at())));
      await Promise.all(
        requests.flatMap((request) => [
          at().post('/booking/holds', request),
          at().post(`/booking/holds/${request.holdId}/release`, {}),
        ]),
      );
      const ids = new Set(requests.map(({ holdId }) => holdId));
      const { claims } = await at().sandbox.evidence();
      expect(claims.filter(({ holdId }) => ids.has(holdId))).toEqual([]);
    });

    it('refuses an id that was used before with another key', async () => {
      const { booking, ...request } = await confirmed(at());
      expect(await at().post('/booking/holds', await hold(at(), { holdId: request.holdId }))).toMatchObject({
        status: 409,
        body: { code: 'hold-exists' },
      });
      expect(await at().post('/booking/bookings', booking)).toMatchObject({
        status: 409,
        body: { code: 'booking-exists' },
      });
    });

    it('answers with a problem for a booking that does not exist', async () => {
      const answer = await at().get('/booking/bookings/bk-nobody');
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found', status: 404, title: 'Not Found' } });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });

    it('names every bad field of a request', async () => {
      const answer = await at().post('/booking/holds', {
        ...(await hold(at())),
        ttlSeconds: 0,
        user: 'a b',
        fair: 1,
        trip: { bus: 'b-1', departureAt },
      });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
      expect(pointers.toSorted()).toEqual(['/fair', '/ttlSeconds', '/user']);
    });
  },
  { seatsPerBus },
);
