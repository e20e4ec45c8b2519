export type Template = 'booking-confirmed' | 'booking-undone' | 'booking-cancelled';

/** The first line of each notice. What it is about follows, one fact a line. */
export const templates: Record<Template, { readonly subject: string; readonly opening: string }> = {
  'booking-confirmed': { subject: 'Your seat is booked', opening: 'Your booking is confirmed.' },
  'booking-undone': { subject: 'Your booking did not go through', opening: 'We could not complete your booking.' },
  'booking-cancelled': { subject: 'Your booking is cancelled', opening: 'Your booking is cancelled.' },
};

export function mailOf(user: string, template: Template, data: Readonly<Record<string, string>>) {
  const { subject, opening } = templates[template];
  const facts = Object.entries(data).map(([name, value]) => `${name}: ${value}`);
  return { to: `${user}@passengers.longhaul.test`, subject, text: [opening, '', ...facts, ''].join('\n') };
}
