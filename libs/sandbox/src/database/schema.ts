import { everyService } from '../every-service/schema.ts';
import { issuerSchema } from '../issuer.ts';
import { services } from '../services/index.ts';

const onlyGrow = ['journal', ...services.flatMap((service) => service.onlyGrow ?? [])];

/**
 * The tables of all services, as idempotent statements. The guarantees of the services are database constraints, which code
 * cannot bypass: one claim per seat, a ledger that balances, journals that only grow.
 */
export const schema: readonly string[] = [
  ...everyService,
  ...services.flatMap((service) => service.schema ?? []),
  ...issuerSchema,
  `create or replace function refuse_change() returns trigger language plpgsql as $$
   begin
     raise exception 'The table "%" only grows: % is refused', tg_table_name, lower(tg_op);
   end $$`,
  ...onlyGrow.map(
    (table) => `create or replace trigger ${table}_only_grows before update or delete or truncate on ${table}
     for each statement execute function refuse_change()`,
  ),
];
