import { BookRide } from '@longhaul/contracts';
import { faultMatrix } from '@longhaul/testing';
import { bookingWorkers } from '../booking.fixture.ts';
import { bookRideScenarios } from '../scenarios.fixture.ts';

faultMatrix({ contract: BookRide, workers: bookingWorkers, scenarios: bookRideScenarios });
