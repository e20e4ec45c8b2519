import { sandboxService } from '../sandbox-service.ts';
import { gather } from './evidence.ts';
import { failures } from './failures.ts';
import { notices } from './notices.ts';
import { bookingRoutes } from './routes.ts';
import { schema } from './schema.ts';
import { sweepHolds } from './sweep.ts';

export const booking = sandboxService({
  name: 'booking',
  schema,
  gather,
  failures,
  notices,
  open(core) {
    const sweep = async () => sweepHolds(core.database, await core.now());
    return {
      routes: [bookingRoutes(core)],
      servePages: (app) => void app.post('/sweep', async () => ({ lapsed: await sweep() })),
      sweep,
      controls: { sweep },
    };
  },
});
