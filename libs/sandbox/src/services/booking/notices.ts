import type { NoticeTexts } from '../notification/notice-texts.ts';

export const notices: NoticeTexts = {
  'booking-confirmed': { subject: 'Your seat is booked', opening: 'Your booking is confirmed.' },
  'booking-undone': { subject: 'Your booking did not go through', opening: 'We could not complete your booking.' },
  'booking-cancelled': { subject: 'Your booking is cancelled', opening: 'Your booking is cancelled.' },
};
