import { expect, it } from 'vitest';
import { BookRide, CancelBooking } from './booking.ts';

it('each undo of a ride is a step of the cancellation, too', () => {
  const undos = Object.values(BookRide.steps).flatMap((step) => ('undoneBy' in step ? [step.undoneBy] : []));
  expect(Object.keys(CancelBooking.steps)).toEqual(expect.arrayContaining(undos));
});
