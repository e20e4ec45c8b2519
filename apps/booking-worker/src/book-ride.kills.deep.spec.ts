import { BookRide } from '@longhaul/contracts';
import { killMatrix } from '@longhaul/testing';
import { bookRideReads, bookRideScenarios } from './scenarios.fixture.ts';

killMatrix({
  contract: BookRide,
  worker: 'booking-worker',
  servedElsewhere: { addToManifest: 'fleet-worker', takeOffManifest: 'fleet-worker' },
  scenarios: bookRideScenarios,
  reads: bookRideReads,
});
