import type { AddressInfo } from 'node:net';
import { faultControl, serveControl } from './control.ts';
import type { SandboxCore } from './core.ts';
import { openDatabase } from './database/database.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { serveStranger } from './http/exchange.ts';
import { serve } from './http/pipeline.ts';
import { createServer } from './http/server.ts';
import { openIssuer } from './issuer.ts';
import { defaults, type Sandbox, type SandboxOptions } from './options.ts';
import { serveHome } from './pages/home.ts';
import { controlsOf, noticeTexts, typedFailures, urlsOfServices, type OpenService } from './services/folds.ts';
import { services } from './services/index.ts';
import { typedFailuresIn } from './typed-failures.ts';

/** Starts all downstream services in this process. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { ...defaults, ...options };
  const { clock = Date.now, onError } = settings;
  const faults = faultControl();
  const closing = new AbortController();
  const database = await openDatabase(options.database ?? {});
  const app = createServer(database, onError);
  const core: SandboxCore = {
    settings,
    database,
    now: async (call) => new Date(await clock(call)).toISOString(),
    publicUrl: () => options.publicUrl ?? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    noticeTexts,
    faultPlan: faults.plan,
    onCall: options.onCall ?? (() => undefined),
    onFault: options.onFault ?? (() => Promise.resolve(undefined)),
    closing: closing.signal,
    inHand: new Set(),
    ...typedFailuresIn(typedFailures),
  };
  const opened: OpenService[] = [];
  const evidence = async () => {
    for (const { drained } of opened) await drained?.();
    return gatherEvidence(database, await core.now());
  };
  const quiet = async () => {
    while (core.inHand.size > 0) await Promise.allSettled(core.inHand);
  };
  const sweepAll = () => Promise.all(opened.map(async ({ sweep }) => sweep?.()));
  const sweeping =
    options.sweepEverySeconds && setInterval(() => void sweepAll().catch(onError), options.sweepEverySeconds * 1_000);

  async function close() {
    clearInterval(sweeping);
    closing.abort();
    await app.close();
    await quiet();
    for (const service of opened) await service.close?.();
    await database.close();
  }
  let closed: Promise<void> | undefined;

  try {
    for (const { name, open } of services) {
      const service = await open(core);
      opened.push(service);
      for (const routes of service.routes ?? []) serve(app, name, routes, core);
      if (service.strangerRoutes) serveStranger(app, name, service.strangerRoutes, core);
      service.servePages?.(app);
    }
    const onFirstPage = () => Promise.all(opened.map(async (service) => (await service.onFirstPage?.()) ?? []));
    serveHome(app, options.links ?? [], async () => (await onFirstPage()).flat());
    serveControl(app, { database, faults, evidence });
    const { token } = await openIssuer(app, database, () => `${core.publicUrl()}/issuer`);
    await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
    for (const { listening } of opened) listening?.();
    const url = core.publicUrl();
    return {
      ...controlsOf(opened),
      url,
      urls: { ...urlsOfServices(url), issuer: `${url}/issuer` },
      evidence,
      quiet,
      faults,
      token,
      forgetKeys: async () => {
        await database.query('delete from answers', []);
      },
      close: () => (closed ??= close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
