import type { NoticeTexts } from '../notification/notice-texts.ts';

export const notices: NoticeTexts = {
  'top-up-receipt': { subject: 'Your wallet is topped up', opening: 'We put your money into your wallet.' },
  'top-up-late': {
    subject: 'Your wallet is topped up',
    opening: 'Your payment came late. We put it into your wallet all the same.',
  },
  'charge-refunded': { subject: 'You get your money back', opening: 'We gave back what your card was charged.' },
  'webhook-failing': {
    subject: 'Your endpoint does not take our events',
    opening: 'We tried to bring you an event and gave up.',
  },
};
