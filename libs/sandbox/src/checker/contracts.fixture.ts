import type { WorkflowWords } from './expectations.ts';

/** Those of the house, as far as the checker looks at them. */
export const contracts: readonly WorkflowWords[] = [
  {
    type: 'bookRide',
    id: withPrefix('booking-', 'requestId'),
    steps: {
      holdSeat: { undoneBy: 'releaseSeat' },
      chargeFare: { undoneBy: 'refundFare' },
      renewHold: {},
      confirmBooking: { undoneBy: 'withdrawBooking' },
      addToManifest: { undoneBy: 'takeOffManifest' },
      notifyPassenger: {},
    },
  },
  {
    type: 'cancelBooking',
    id: withPrefix('cancellation-', 'bookingId'),
    steps: stepsNamed(
      'stopBookingUnderWay readBooking withdrawBooking takeOffManifest refundFare releaseSeat notifyPassenger',
    ),
  },
  {
    type: 'processPayment',
    id: withPrefix('payment-', 'paymentId'),
    steps: {
      openPayment: { undoneBy: 'closePayment' },
      chargeCard: { undoneBy: 'sendRefund' },
      ...stepsNamed('findCharge completePayment findRefund readRefund'),
    },
  },
  {
    type: 'refundPayment',
    id: withPrefix('refund-', 'paymentId', 'refundId'),
    steps: stepsNamed('requestRefund sendRefund findRefund readRefund settleRefund'),
  },
  {
    type: 'topUpWallet',
    id: withPrefix('top-up-', 'topUpId'),
    steps: {
      openTopUp: { undoneBy: 'closeTopUp' },
      ...stepsNamed('openCheckout findCharge creditWallet issueInvoice sendReceipt sendRefund findRefund readRefund'),
    },
  },
  {
    type: 'settleLateCharge',
    id: withPrefix('late-', 'reference'),
    steps: stepsNamed(
      'readConcern findCharge creditWallet issueInvoice sendReceipt sendRefund findRefund readRefund tellPayer',
    ),
  },
  {
    type: 'handleDispute',
    id: withPrefix('dispute-', 'disputeId'),
    steps: stepsNamed('openDispute readDispute closeDispute'),
  },
  {
    type: 'deliverWebhook',
    id: withPrefix('webhook-', 'eventId'),
    steps: stepsNamed('sendWebhook markEndpoint tellMerchant'),
  },
  {
    type: 'redeliverWebhook',
    id: withPrefix('webhook-', 'eventId', 'merchant', 'redelivery'),
    steps: stepsNamed('sendWebhook markEndpoint tellMerchant'),
  },
];

function withPrefix(prefix: string, ...fields: readonly string[]): WorkflowWords['id'] {
  const between = fields.includes('redelivery') ? '.' : '-';
  return {
    of: (input) => `${prefix}${fields.map((field) => (input as Record<string, string>)[field] ?? '').join(between)}`,
    parse: (id) => (id.startsWith(prefix) ? id.slice(prefix.length) : undefined),
  };
}

function stepsNamed(names: string): WorkflowWords['steps'] {
  return Object.fromEntries(names.split(' ').map((name) => [name, {}]));
}
