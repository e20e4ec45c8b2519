import { booking } from './booking/index.ts';
import { fleet } from './fleet/index.ts';
import { invoice } from './invoice/index.ts';
import { merchant } from './merchant/index.ts';
import { notification } from './notification/index.ts';
import { payment } from './payment/index.ts';
import { paystack } from './paystack/index.ts';
import { audit } from './audit/index.ts';
import { directory } from './directory/index.ts';

/** All services. Their tables are created in this order. */
export const services = [booking, payment, paystack, fleet, notification, invoice, merchant, audit, directory] as const;
