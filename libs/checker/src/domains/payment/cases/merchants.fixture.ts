import { drop, ended, row, runOf, type Case } from '../../../fixtures/case.fixture.ts';

/** Cases about events for merchants. */
export const merchantCases: readonly Case[] = [
  {
    speaks: 'payment 11',
    when: 'a payment names an event that does not exist',
    naming: 'payment-u-p_1.p_1 names the event evt-p_1-9, which was never written',
    change: (evidence) => ended(evidence, 'payment-u-p_1.p_1', { eventId: 'evt-p_1-9' }),
  },
  {
    speaks: 'payment 11',
    when: 'an event has no run that delivers it',
    naming: 'payment-u-p3.p3 names the event evt-p3-1, which no run delivers',
    change: (evidence) => drop(evidence.runs, ({ workflowId }) => workflowId === 'webhook-evt-p3-1'),
    along: ['X3'],
  },
  {
    speaks: 'payment 11',
    when: 'the merchant was not notified of a payment',
    naming: 'payment-u-p2.p2 ended, and its merchant is not told',
    change: (evidence) => ended(evidence, 'payment-u-p2.p2', { eventId: null }),
  },
  {
    speaks: 'payment 11',
    when: 'the merchant was not notified of a refund',
    naming: 'refund-u-p_1.p_1-a1 ended, and its merchant is not told',
    change: (evidence) => ended(evidence, 'refund-u-p_1.p_1-a1', { eventId: null }),
  },
  {
    speaks: 'payment 11',
    when: 'an event counts as delivered that never arrived',
    naming: 'webhook-evt-p3-1 is delivered, and m-shop has no valid evt-p3-1',
    change: ({ sandbox }) => drop(sandbox.journal, ({ key }) => key === 'evt-p3-1'),
  },
  {
    speaks: 'payment 11',
    when: 'an endpoint that is gone was not disabled',
    naming: 'the endpoint of m-gone is not marked as disabled',
    change: (evidence) => (row(evidence, 'endpoint-marked', 'm-gone').state = 'failing'),
  },
  {
    speaks: 'payment 11',
    when: 'the owner of an endpoint was not notified that it is disabled',
    naming: 'webhook-evt-p2-1 gave up, and m-gone was never told',
    change: (evidence) => (row(evidence, 'notice-sent', 'm-gone').template = 'charge-refunded'),
  },
  {
    speaks: 'payment 11',
    when: 'a delivery was given up, and the endpoint not marked',
    naming: 'webhook-evt-p3-1 gave up, and the endpoint of m-shop is not marked as failing',
    change: (evidence) => {
      const run = runOf(evidence, 'webhook-evt-p3-1');
      const open = { code: 'webhook-undeliverable', owner: 'operations', step: null, raisedAfterMs: null };
      run.status = 'running';
      run.outcome = undefined;
      run.attention = [{ ...open, settled: false, settledByHand: false }];
    },
  },
  {
    speaks: 'payment 11',
    when: 'a delivery does not find its event',
    naming: 'webhook-evt-p3-1 found no event evt-p3-1 of m-shop',
    change: (evidence) => (runOf(evidence, 'webhook-evt-p3-1').outcome = { status: 'no-such-event', attempts: 1 }),
  },
  {
    speaks: 'payment 11',
    when: 'a redelivery does not find an event that exists',
    naming: 'webhook-evt-p_1-1.m-shop.k1 found no event evt-p_1-1 of m-shop',
    change: (evidence) => ended(evidence, 'webhook-evt-p_1-1.m-shop.k1', { status: 'no-such-event' }),
  },
  {
    speaks: 'payment 11',
    when: "another merchant's event was delivered",
    naming: 'webhook-evt-p_1-1.m-stranger.k1 is delivered, and m-stranger has no valid evt-p_1-1',
    change: (evidence) => ended(evidence, 'webhook-evt-p_1-1.m-stranger.k1', { status: 'delivered' }),
  },
  {
    speaks: 'payment 12',
    when: 'an attempt sent other bytes',
    naming: 'evt-p_1-1 came with other bytes',
    change: (evidence) => (row(evidence, 'webhook-received', 'evt-p_1-1').bodyDigest = 'another digest'),
  },
  {
    speaks: 'payment 12',
    when: 'an attempt was not signed with a secret of the merchant',
    naming: 'evt-p_1-1 came with a signature that is not valid',
    change: (evidence) => (row(evidence, 'webhook-received', 'evt-p_1-1').valid = false),
  },
  {
    speaks: 'payment 12',
    when: 'an event went to another merchant',
    naming: "evt-p_1-1 is m-shop's, and went to m-gone",
    change: (evidence) => (row(evidence, 'webhook-received', 'evt-p_1-1').merchant = 'm-gone'),
  },
  {
    speaks: 'payment 12',
    when: 'a merchant received an event that was never written',
    naming: 'm-shop received something without an id',
    change: (evidence) => (row(evidence, 'webhook-received', 'evt-p_1-1').eventId = null),
  },
  {
    speaks: 'payment 13',
    when: 'the events of a payment have a gap',
    naming: 'the events of payment u-p_1.p_1 are numbered 1, 3',
    change: (evidence) => {
      evidence.sandbox.merchantEvents[1]!.sequence = 3;
      row(evidence, 'refund-settled', 'a1').sequence = 3;
    },
  },
  {
    speaks: 'payment 13',
    when: 'an event reports something that did not happen',
    naming: 'event [evt-p2-1: payment.completed, number 1 of payment u-p2.p2] tells what did not happen',
    change: (evidence) => {
      const event = evidence.sandbox.merchantEvents.find(({ eventId }) => eventId === 'evt-p2-1');
      event!.type = 'payment.completed';
    },
  },
  {
    speaks: 'payment 13',
    when: 'an event is for another merchant than was paid',
    naming: 'evt-p_1-2 is for m-gone, the payment was to m-shop',
    change: ({ sandbox }) => (sandbox.merchantEvents[1]!.merchant = 'm-gone'),
    along: ['payment 11', 'payment 12'],
  },
  {
    speaks: 'payment 13',
    when: 'a change has no event',
    naming: 'event [evt-p3-1: payment.failed, number 1 of payment u-p3.p3] was never written',
    change: ({ sandbox }) => drop(sandbox.merchantEvents, ({ eventId }) => eventId === 'evt-p3-1'),
    along: ['payment 11', 'payment 12'],
  },
  {
    speaks: 'payment 13',
    when: 'an event reported a completed payment, which then failed',
    naming: 'm-shop was told by evt-p_1-1 [payment.completed], its record says [failed]',
    change: ({ sandbox }) => (sandbox.payments[0]!.state = 'failed'),
    along: ['payment 5', 'payment 9'],
  },
  {
    speaks: 'payment 13',
    when: 'an event reported a refund, which then failed',
    naming: 'm-shop was told by evt-p_1-2 [refund.processed], its record says [failed]',
    change: ({ sandbox }) => (sandbox.payments[0]!.refunds[0]!.state = 'failed'),
    along: ['payment 17', 'payment 9'],
  },
];
