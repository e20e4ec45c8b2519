import { sandboxService } from '../sandbox-service.ts';
import { gather } from './evidence.ts';
import { failures } from './failures.ts';
import { fleetRoutes } from './routes.ts';
import { schema } from './schema.ts';

export const fleet = sandboxService({
  name: 'fleet',
  schema,
  gather,
  failures,
  open: (core) => ({ routes: [fleetRoutes(core)] }),
});
