import { sandboxService } from '../sandbox-service.ts';
import { invoiceRoutes } from './routes.ts';
import { schema } from './schema.ts';

export const invoice = sandboxService({
  name: 'invoice',
  schema,
  onlyGrow: ['invoices'],
  open: () => ({ routes: [invoiceRoutes()] }),
});
