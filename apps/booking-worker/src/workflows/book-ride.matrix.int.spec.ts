import { BookRide } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { bookingWorkers } from '../booking.fixture.ts';
import { bookRideReads, bookRideScenarios } from '../scenarios.fixture.ts';

faultMatrix({ contract: BookRide, workers: bookingWorkers, scenarios: bookRideScenarios, reads: bookRideReads });
