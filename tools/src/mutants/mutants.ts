import { approvalMutants } from './known/approval.ts';
import { bookingMutants } from './known/booking.ts';
import { borderMutants } from './known/borders.ts';
import { contractMutants } from './known/contracts.ts';
import { gatewayMutants } from './known/gateway.ts';
import { kitMutants } from './known/kit.ts';
import { paymentMutants } from './known/payment.ts';
import type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [
  ...bookingMutants,
  ...paymentMutants,
  ...kitMutants,
  ...borderMutants,
  ...contractMutants,
  ...gatewayMutants,
  ...approvalMutants,
];
