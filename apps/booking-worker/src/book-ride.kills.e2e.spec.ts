import { BookRide } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { bookRideScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: BookRide,
  workers: ['booking-worker', 'fleet-worker'],
  scenarios: bookRideScenarios,
});
