import { booking } from './booking.ts';
import { everyService } from './every-service.ts';
import { ledger } from './ledger.ts';
import { otherServices } from './other-services.ts';
import { payments } from './payments.ts';
import { paystack } from './paystack.ts';

const onlyGrow = ['journal', 'ledger_lines', 'ledger_chain', 'merchant_events', 'invoices'];

/**
 * The tables of all services, as statements that may run again. What a service promises for good is written down here,
 * where no code can get around it: one live claim per seat, a ledger that balances, journals that only grow.
 */
export const schema: readonly string[] = [
  ...everyService,
  ...booking,
  ...ledger,
  ...payments,
  ...paystack,
  ...otherServices,
  `create or replace function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception 'The table "%" only grows: % is refused', tg_table_name, lower(tg_op);
   end $$`,
  ...onlyGrow.map(
    (table) => `create or replace trigger ${table}_only_grows before update or delete or truncate on ${table}
     for each statement execute function refuse_change()`,
  ),
];
