import { alsoDid, callOf, drop, ended, row, runOf, swap, type Case } from '../../../fixtures/case.fixture.ts';
import { trip } from './good-rides.fixture.ts';

/** Cases about answers, notices, the manifest, references and the order of steps. */
export const storyCases: readonly Case[] = [
  {
    speaks: 'booking 8',
    when: 'a cancel was accepted and the booking confirmed',
    naming: 'booking-u-r1.r1',
    change: (evidence) =>
      runOf(evidence, 'booking-u-r1.r1').updates.push({ name: 'cancel', input: {}, answer: { answer: 'accepted' } }),
  },
  {
    speaks: 'booking 8',
    when: 'a caller was answered about a cancel that the run does not have',
    naming: 'booking-u-r3.r3',
    change: (evidence) => {
      const run = runOf(evidence, 'booking-u-r3.r3');
      run.updates = [];
      run.signals = ['cancel'];
    },
  },
  {
    speaks: 'booking 8',
    when: 'a booking was cancelled and its only caller was answered that it is too late',
    naming: 'booking-u-r3.r3',
    change: (evidence) => {
      runOf(evidence, 'booking-u-r3.r3').updates = [];
      evidence.answers.find(({ call }) => call === 'cancel')!.body = { answer: 'too-late', detail: '' };
    },
  },
  {
    speaks: 'booking 9',
    when: 'one request took two seats',
    naming: 'booking-u-r1.r1',
    change: (evidence) => {
      const first = row(evidence, 'seat-held', 'hold-u-r1.r1');
      alsoDid(evidence, { ...first, seat: '1C' }, 'booking-u-r1.r1/renewHold');
    },
    along: ['X3', 'booking 1'],
  },
  {
    speaks: 'booking 10',
    when: 'a confirmation was sent for a booking that is not confirmed',
    naming: 'booking-u-r3.r3',
    change: (evidence) => (row(evidence, 'notice-sent', 'booking-u-r3.r3@longhaul').template = 'booking-confirmed'),
  },
  {
    speaks: 'booking 10',
    when: "a passenger was sent another booking's reference",
    naming: 'REF-r4',
    change: (evidence) => (row(evidence, 'notice-sent', 'booking-u-r1.r1@longhaul').data['reference'] = 'REF-r4'),
  },
  {
    speaks: 'booking 10',
    when: 'a confirmation was sent before the booking was confirmed',
    naming: 'booking-u-r1.r1',
    change: (evidence) => (row(evidence, 'notice-sent', 'booking-u-r1.r1@longhaul').seq = 0),
  },
  {
    speaks: 'booking 10',
    when: 'a confirmation was sent to another user',
    naming: 'u-stranger',
    change: (evidence) => (row(evidence, 'notice-sent', 'booking-u-r1.r1@longhaul').user = 'u-stranger'),
  },
  {
    speaks: 'booking 10',
    when: 'one mail was sent twice',
    naming: 'booking-u-r1.r1@longhaul',
    change: ({ sandbox }) => sandbox.mails.push(sandbox.mails[0]!),
  },
  {
    speaks: 'booking 10',
    when: 'a notice has no mail',
    naming: 'booking-u-r1.r1@longhaul',
    change: ({ sandbox }) => drop(sandbox.mails, () => true),
  },
  {
    speaks: 'booking 10',
    when: 'a run says that it sent a notice, and there is none',
    naming: 'booking-u-r2.r2',
    change: (evidence) => ended(evidence, 'booking-u-r2.r2', { notice: 'sent' }),
  },
  {
    speaks: 'booking 11',
    when: 'a confirmed passenger is not on the manifest',
    naming: 'bk-u-r1.r1',
    change: ({ sandbox }) => (sandbox.manifests = []),
  },
  {
    speaks: 'booking 11',
    when: 'a passenger is on the manifest twice',
    naming: 'bk-u-r1.r1',
    change: ({ sandbox }) => sandbox.manifests.push(sandbox.manifests[0]!),
  },
  {
    speaks: 'booking 11',
    when: 'a passenger is listed on another seat than was booked',
    naming: 'bk-u-r1.r1',
    change: ({ sandbox }) => (sandbox.manifests[0]!.seat = '9Z'),
  },
  {
    speaks: 'booking 11',
    when: 'a cancelled passenger is still on the manifest',
    naming: 'bk-u-r4.r4',
    change: ({ sandbox }) => sandbox.manifests.push({ trip, bookingId: 'bk-u-r4.r4', seat: '1B' }),
  },
  {
    speaks: 'booking 12',
    when: 'a reference went to two bookings',
    naming: 'REF-r3',
    change: (evidence) => (row(evidence, 'booking-confirmed', 'bk-u-r5.r5').reference = 'REF-r3'),
  },
  {
    speaks: 'booking 12',
    when: 'a passenger was given a reference that the booking service does not know',
    naming: 'REF-x',
    change: (evidence) => ended(evidence, 'booking-u-r1.r1', { reference: 'REF-x' }),
  },
  {
    speaks: 'booking 13',
    when: 'the booking was confirmed before the charge',
    naming: 'booking-u-r1.r1',
    change: (evidence) =>
      swap(row(evidence, 'booking-confirmed', 'bk-u-r1.r1'), row(evidence, 'charge-captured', 'charge-u-r1.r1')),
  },
  {
    speaks: 'booking 17',
    when: 'a booking was undone for a fault at the manifest',
    naming: 'booking-u-r5.r5',
    change: (evidence) =>
      ended(evidence, 'booking-u-r5.r5', { status: 'failed', step: 'addToManifest', code: 'http-503' }),
  },
  {
    speaks: 'booking 17',
    when: 'a booking was refused and fleet had not refused it',
    naming: 'booking-u-r5.r5/addToManifest',
    change: (evidence) => (callOf(evidence, 'booking-u-r5.r5/addToManifest').status = 429),
  },
  {
    speaks: 'booking 17',
    when: 'a booking was refused and its run undid nothing',
    naming: 'booking-u-r5.r5',
    change: (evidence) =>
      ended(evidence, 'booking-u-r5.r5', { givenBack: { refund: null, seatReleased: true, settledByHand: [] } }),
  },
  {
    speaks: 'booking 17',
    when: 'a booking was refused and the passenger not notified',
    naming: 'booking-u-r5.r5',
    change: (evidence) => ended(evidence, 'booking-u-r5.r5', { notice: 'none' }),
    along: ['booking 10'],
  },
];
