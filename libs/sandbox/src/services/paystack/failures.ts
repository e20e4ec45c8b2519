import type { OwnFailure } from '../../typed-failures.ts';

const card = { route: 'POST /transaction/charge_authorization' };
const cardRefund = { route: 'POST /refund' };

export const failures: readonly OwnFailure[] = [
  { value: 'u-declined', ...card, happens: { says: 'failed' }, story: "The user's bank declines the card" },
  { value: 'u-broke', ...card, happens: { says: 'failed' }, story: 'The card has insufficient funds' },
  {
    value: 'u-slow-card',
    ...card,
    happens: { fault: 'delay', delayMs: 2_500 },
    story: 'The card is charged after 2.5 seconds, even if the caller has given up',
  },
  {
    value: 'u-pending',
    ...card,
    happens: { says: 'pending' },
    story: 'The bank takes its time: the charge is a success from the second verify on',
  },
  {
    value: 'u-short',
    ...card,
    happens: { says: 'success' },
    story: 'The card is charged with one minor unit less than was asked for',
  },
  {
    value: 'u-disputes',
    ...card,
    happens: { says: 'success' },
    story:
      'The user pays, here or at the checkout, and asks the bank for the money at once: the house has 16 hours to answer',
  },
  {
    value: 'u-refund-fails',
    ...cardRefund,
    happens: { says: 'failed' },
    story: 'The gateway takes the refund, and it ends as `failed`',
  },
  {
    value: 'u-refund-attention',
    ...cardRefund,
    happens: { says: 'needs-attention' },
    story: "The gateway takes the refund, and it ends as `needs-attention`: the user's bank wants details",
  },
  {
    value: 'u-pays',
    route: 'GET /transaction/verify/:reference',
    happens: { says: 'success' },
    story: 'The user has paid at the checkout as soon as somebody asks',
  },
];
