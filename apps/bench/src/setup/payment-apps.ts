import { apps } from '@longhaul/testing/processes';
import type { Child } from '@longhaul/testing/servers';
import type { Started } from '../started.ts';
import { appMain } from './build.ts';
import type { Issuer } from './issuer.ts';
import { environmentOf, startNode, type WorkerPlace } from './processes.ts';
import type { PaymentQueue } from './queue.ts';
import { untilSaid } from './said.ts';

/** Starts the gateway as deployed. Resolves when it listens. */
export async function startGateway(
  place: WorkerPlace,
  issuer: Issuer,
  started: Started,
): Promise<{ readonly url: string; readonly pid: number }> {
  const { child, said } = await untilSaid(/listening at (http:[^"\s]+)/, (onLine) =>
    startNode(
      'the gateway',
      appMain('gateway'),
      place,
      { onLine },
      {
        ...environmentOf(apps.gateway, place),
        GATEWAY_ISSUER: issuer.url,
        GATEWAY_JWKS_URL: issuer.jwksUrl,
        // All requests come from one caller.
        GATEWAY_REQUESTS_PER_MINUTE: '1000000',
      },
    ),
  );
  started.onStop(() => child.stop(30_000));
  return { url: said[1]!, pid: child.pid };
}

/** Starts the payment intake. Resolves when it polls. `onStart` is called for each payment that it starts. */
export async function startIntake(place: WorkerPlace, queue: PaymentQueue, onStart: () => void): Promise<Child> {
  const { child } = await untilSaid(/"Polling"/, (hear) => {
    const onLine = (line: string): void => {
      if (line.includes('"Started a payment"')) onStart();
      hear(line);
    };
    return startNode(
      'the payment intake',
      appMain('payment-intake'),
      place,
      { onLine },
      {
        ...queue.environment,
        HEALTH_PORT: '0',
        HEALTH_HOST: '127.0.0.1',
        // The emulator has no locks, so it must not have concurrent receives.
        INTAKE_POLLERS: '1',
      },
    );
  });
  return child;
}
