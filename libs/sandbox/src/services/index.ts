import { booking } from './booking/index.ts';
import { fleet } from './fleet/index.ts';
import { invoice } from './invoice/index.ts';
import { merchant } from './merchant/index.ts';
import { notification } from './notification/index.ts';
import { payment } from './payment/index.ts';
import { paystack } from './paystack/index.ts';

/** All services. Their tables are created in this order. */
export const services = [booking, payment, paystack, fleet, notification, invoice, merchant] as const;
