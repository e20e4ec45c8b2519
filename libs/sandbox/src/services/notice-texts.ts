export type Template =
  | 'booking-confirmed'
  | 'booking-undone'
  | 'booking-cancelled'
  | 'top-up-receipt'
  | 'top-up-late'
  | 'charge-refunded'
  | 'webhook-failing';

/** The first line of each notice. What it is about follows, one fact a line. */
export const templates: Record<Template, { readonly subject: string; readonly opening: string }> = {
  'booking-confirmed': { subject: 'Your seat is booked', opening: 'Your booking is confirmed.' },
  'booking-undone': { subject: 'Your booking did not go through', opening: 'We could not complete your booking.' },
  'booking-cancelled': { subject: 'Your booking is cancelled', opening: 'Your booking is cancelled.' },
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

export function mailOf(user: string, template: Template, data: Readonly<Record<string, string>>) {
  const { subject, opening } = templates[template];
  const facts = Object.entries(data).map(([name, value]) => `${name}: ${value}`);
  return { to: `${user}@passengers.longhaul.test`, subject, text: [opening, '', ...facts, ''].join('\n') };
}
