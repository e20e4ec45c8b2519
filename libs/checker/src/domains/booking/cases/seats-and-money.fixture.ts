import { alsoDid, callOf, drop, ended, row, runOf, type Case } from '../../../fixtures/case.fixture.ts';
import { trip } from './good-rides.fixture.ts';

const expiresAt = '2026-11-21T10:10:00.000Z';
const money = { amount: 4500, currency: 'EUR' };

export const seatsAndMoneyCases: readonly Case[] = [
  {
    speaks: 'booking 1',
    when: 'two claims in the table are for one seat',
    naming: 'hold-r4x',
    change: ({ sandbox }) => sandbox.claims.push({ ...sandbox.claims[0]!, holdId: 'hold-r4x' }),
  },
  {
    speaks: 'booking 1',
    when: 'a seat was claimed while another claim on it existed',
    naming: 'hold-u-r3.r3',
    change: (evidence) => (row(evidence, 'seat-held', 'hold-u-r3.r3').seat = '1A'),
    along: ['booking 16'],
  },
  {
    speaks: 'booking 1',
    when: 'a claim is in the journal and not in the table',
    naming: 'hold-u-r1.r1',
    change: ({ sandbox }) => drop(sandbox.claims, ({ holdId }) => holdId === 'hold-u-r1.r1'),
  },
  {
    speaks: 'booking 2',
    when: 'a trip was sold beyond its seats',
    naming: 'b-1',
    change: ({ sandbox }) => (sandbox.capacity[0]!.seats = 1),
  },
  {
    speaks: 'booking 2',
    when: 'the capacity of a trip is unknown',
    naming: 'b-1',
    change: ({ sandbox }) => (sandbox.capacity = []),
  },
  {
    speaks: 'booking 3',
    when: 'a confirmed booking was charged another amount',
    naming: 'charge-u-r1.r1',
    change: (evidence) => (row(evidence, 'charge-captured', 'charge-u-r1.r1').money.amount = 4501),
    along: ['booking 14'],
  },
  {
    speaks: 'booking 3',
    when: 'a confirmed booking was charged in another currency',
    naming: 'charge-u-r1.r1',
    change: (evidence) => (row(evidence, 'charge-captured', 'charge-u-r1.r1').money.currency = 'USD'),
    along: ['booking 14'],
  },
  {
    speaks: 'booking 3',
    when: 'a confirmed booking was never charged',
    naming: 'booking-u-r1.r1',
    change: (evidence) =>
      drop(evidence.sandbox.journal, (each) => each.seq === row(evidence, 'charge-captured', 'charge-u-r1.r1').seq),
    along: ['booking 13', 'booking 9'],
  },
  {
    speaks: 'booking 4',
    when: 'a confirmed booking was refunded',
    naming: 'charge-u-r1.r1',
    change: (evidence) =>
      alsoDid(
        evidence,
        { effect: 'charge-refunded', chargeId: 'charge-u-r1.r1', refundId: 'refund-x', money },
        'booking-u-r1.r1/renewHold',
      ),
    along: ['X3'],
  },
  {
    speaks: 'booking 4',
    when: 'a booking was undone and only a part of its fare refunded',
    naming: 'charge-u-r3.r3',
    change: (evidence) => (row(evidence, 'charge-refunded', 'charge-u-r3.r3').money.amount = 4000),
    along: ['booking 5'],
  },
  {
    speaks: 'booking 5',
    when: 'a booking that is not confirmed keeps its seat',
    naming: 'hold-u-r5.r5',
    change: ({ sandbox }) => {
      sandbox.claims.push({ ...sandbox.claims[0]!, holdId: 'hold-u-r5.r5', seat: '1C' });
      drop(sandbox.journal, ({ key }) => key === 'booking-u-r5.r5/releaseSeat');
    },
  },
  {
    speaks: 'booking 5',
    when: 'a booking that is not confirmed is still in the booking service',
    naming: 'bk-u-r3.r3',
    change: (evidence) => drop(evidence.sandbox.journal, ({ key }) => key === 'booking-u-r3.r3/withdrawBooking'),
  },
  {
    speaks: 'booking 6',
    when: 'a hold was confirmed after the sweep that follows its expiry',
    naming: 'hold-u-r1.r1',
    change: (evidence) => (row(evidence, 'booking-confirmed', 'bk-u-r1.r1').at = '2026-11-21T10:11:01.000Z'),
  },
  {
    speaks: 'booking 6',
    when: 'a hold still exists after the sweep that follows its expiry',
    naming: 'hold-u-r9.r9',
    change: (evidence) => {
      alsoDid(
        evidence,
        { effect: 'seat-held', holdId: 'hold-u-r9.r9', quoteId: 'quote-r9', trip, seat: '1C', user: 'u-r9', expiresAt },
        'booking-u-r1.r1/renewHold',
      );
      evidence.sandbox.claims.push({ holdId: 'hold-u-r9.r9', trip, seat: '1C', state: 'held', expiresAt });
      evidence.sandbox.at = '2026-11-21T10:12:00.000Z';
    },
    along: ['X12', 'X3', 'booking 14'],
  },
  {
    speaks: 'booking 7',
    when: 'a cancellation refunded less than the policy says',
    naming: 'cancellation-bk-u-r4.r4',
    change: (evidence) => {
      const half = { amount: 2250, currency: 'EUR' };
      ended(evidence, 'cancellation-bk-u-r4.r4', { refund: half, refundPercent: 50 });
      row(evidence, 'charge-refunded', 'charge-u-r4.r4').money = half;
    },
  },
  {
    speaks: 'booking 7',
    when: 'one refund was made twice',
    naming: 'cancellation-refund-bk-u-r4.r4',
    change: (evidence) => {
      const refund = row(evidence, 'charge-refunded', 'charge-u-r4.r4');
      alsoDid(evidence, { ...refund, money: { amount: 0, currency: 'EUR' } }, 'cancellation-bk-u-r4.r4/readBooking');
    },
    along: ['X3'],
  },
  {
    speaks: 'booking 7',
    when: 'a booking was cancelled after the bus had left',
    naming: 'cancellation-bk-u-r4.r4',
    change: (evidence) => (runOf(evidence, 'cancellation-bk-u-r4.r4').startedAt = '2026-12-01T00:00:00.000Z'),
  },
  {
    speaks: 'booking 7',
    when: 'a cancel was refused because the bus had left, and it had not',
    naming: 'cancellation-bk-u-r4.r4',
    change: (evidence) => ended(evidence, 'cancellation-bk-u-r4.r4', { status: 'not-cancellable', reason: 'departed' }),
    along: ['booking 11', 'booking 4'],
  },
  {
    speaks: 'booking 15',
    when: 'a declined booking was charged',
    naming: 'charge-u-r2.r2',
    change: (evidence) => {
      const declined = row(evidence, 'charge-declined', 'charge-u-r2.r2');
      alsoDid(
        evidence,
        { effect: 'charge-captured', chargeId: 'charge-u-r2.r2', user: declined.user, money },
        'booking-u-r2.r2/renewHold',
      );
    },
    along: ['X3', 'X7', 'booking 4', 'booking 5'],
  },
  {
    speaks: 'booking 15',
    when: 'a declined card was tried again',
    naming: 'booking-u-r2.r2',
    change: (evidence) =>
      alsoDid(evidence, row(evidence, 'charge-declined', 'charge-u-r2.r2'), 'booking-u-r2.r2/renewHold'),
    along: ['X3'],
  },
  {
    speaks: 'booking 16',
    when: "a hold was released by another hold's run",
    naming: 'hold-u-r3.r3',
    change: (evidence) => {
      const released = row(evidence, 'seat-released', 'hold-u-r3.r3');
      released.key = 'booking-u-r1.r1/releaseSeat';
      released.correlationId = 'correlation-booking-u-r1.r1';
      callOf(evidence, 'booking-u-r3.r3/releaseSeat').attempt = 2;
    },
    along: ['X3', 'X7'],
  },
  {
    speaks: 'booking 16',
    when: "a release freed another's seat",
    naming: 'hold-u-r3.r3',
    change: (evidence) => (row(evidence, 'seat-released', 'hold-u-r3.r3').seat = '1A'),
  },
];
