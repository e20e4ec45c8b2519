import { sandboxService } from '../sandbox-service.ts';
import { gather } from './evidence.ts';
import { failures } from './failures.ts';
import { openMailCatcher } from './mail-catcher.ts';
import { openOutbox } from './outbox.ts';
import { serveOutbox } from './outbox-page.ts';
import { notificationRoutes } from './routes.ts';
import { schema } from './schema.ts';

export const notification = sandboxService({
  name: 'notification',
  schema,
  gather,
  failures,
  async open(core) {
    const catcher = await openMailCatcher(core.database);
    const outbox = openOutbox(core, catcher.port);
    return {
      routes: [notificationRoutes(core, () => outbox.wake())],
      servePages: (app) => serveOutbox(app, core),
      listening: () => outbox.wake(),
      drained: () => outbox.drained(),
      async close() {
        await outbox.close();
        await catcher.close();
      },
    };
  },
});
