import { sandboxService } from '../sandbox-service.ts';
import { gather } from './evidence.ts';
import { notices } from './notices.ts';
import { auditRoutes } from './routes.ts';
import { schema } from './schema.ts';

export const audit = sandboxService({
  name: 'audit',
  schema,
  onlyGrow: ['workflow_history'],
  gather,
  notices,
  open: () => ({ routes: [auditRoutes] }),
});
