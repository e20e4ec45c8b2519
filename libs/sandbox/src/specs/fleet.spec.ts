import { expect, it } from 'vitest';
import { departureAt, describeWithSandbox, effectsOn, fresh } from './harness.fixture.ts';

describeWithSandbox(
  'The fleet service',
  (at) => {
    const list = (bus: string, bookingId = fresh('bk'), seat = '1A') =>
      at().post('/fleet/manifests/passengers', { trip: { bus, departureAt }, bookingId, seat });
    const remove = (bus: string, bookingId: string) =>
      at().post(`/fleet/manifests/passengers/${bookingId}/removal`, { trip: { bus, departureAt } });

    it('adds a passenger to the manifest and removes them', async () => {
      const [bus, bookingId] = [fresh('b'), fresh('bk')];
      expect(await list(bus, bookingId)).toMatchObject({ status: 201, body: { bookingId } });
      const manifestsOf = async () => (await at().sandbox.evidence()).manifests.filter(({ trip }) => trip.bus === bus);
      expect(await manifestsOf()).toEqual([{ trip: { bus, departureAt }, bookingId, seat: '1A' }]);
      expect(await remove(bus, bookingId)).toMatchObject({ status: 200, body: { removed: true } });
      expect(await manifestsOf()).toEqual([]);
      expect(await effectsOn(at(), bookingId)).toEqual(['passenger-listed', 'passenger-removed']);
    });

    it('refuses a passenger whose removal came first', async () => {
      const [bus, bookingId] = [fresh('b'), fresh('bk')];
      expect((await remove(bus, bookingId)).body).toEqual({ removed: false });
      expect(await list(bus, bookingId)).toMatchObject({ status: 409, body: { code: 'already-undone' } });
    });

    it('lists no more passengers than the vehicle has seats, also with concurrent requests', async () => {
      const bus = fresh('b');
      const answers = await Promise.all(Array.from({ length: 5 }, () => list(bus)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      expect(answers.filter(({ body }) => body.code === 'trip-full')).toHaveLength(2);
    });

    it('refuses a passenger who is listed already', async () => {
      const [bus, bookingId] = [fresh('b'), fresh('bk')];
      await list(bus, bookingId);
      expect(await list(bus, bookingId)).toMatchObject({ status: 409, body: { code: 'passenger-exists' } });
    });
  },
  { seatsPerBus: 3 },
);
