import { sandboxService } from '../sandbox-service.ts';
import { failures } from './failures.ts';
import { merchantServerRoutes } from './routes.ts';

export const merchant = sandboxService({
  name: 'merchant',
  failures,
  open: (core) => ({ strangerRoutes: merchantServerRoutes(core) }),
});
