export { bookRide } from './book-ride.workflow.ts';
export { cancelBooking } from './cancel-booking.workflow.ts';
