import type { DomainCases } from '../fixtures/domain-cases.fixture.ts';
import { bookingCases } from './booking/cases/index.fixture.ts';
import { paymentCases } from './payment/cases/index.fixture.ts';

export const domainCases: readonly DomainCases[] = [bookingCases, paymentCases];
