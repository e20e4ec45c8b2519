import { sandboxService } from '../sandbox-service.ts';
import { chargesRoutes } from './charges.ts';
import { disputesRoutes } from './disputes.ts';
import { gather } from './evidence.ts';
import { failures } from './failures.ts';
import { gatewayEventsRoutes } from './gateway-events.ts';
import { ledgerSchema } from './ledger-schema.ts';
import { merchantsRoutes } from './merchants.ts';
import { notices } from './notices.ts';
import { paymentRefundsRoutes } from './payment-refunds.ts';
import { paymentsRoutes } from './payments.ts';
import { paymentsSchema } from './payments-schema.ts';
import { walletsRoutes } from './wallets.ts';

export const payment = sandboxService({
  name: 'payment',
  schema: [...ledgerSchema, ...paymentsSchema],
  onlyGrow: ['ledger_lines', 'ledger_chain', 'merchant_events'],
  gather,
  failures,
  notices,
  open: (core) => ({
    routes: [
      chargesRoutes(core),
      paymentsRoutes(),
      paymentRefundsRoutes(),
      merchantsRoutes(core),
      walletsRoutes(),
      gatewayEventsRoutes(),
      disputesRoutes(),
    ],
  }),
});
