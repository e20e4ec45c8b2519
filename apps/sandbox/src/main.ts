import { startSandbox } from '@longhaul/sandbox';
import { pino } from 'pino';
import { EnvironmentMistakes, readConfig } from './config.ts';

/** The exit code of sysexits.h for "configuration error". */
const exitCodeForBadConfig = 78;

try {
  const config = readConfig(process.env);
  const log = pino({ name: 'sandbox', level: config.SANDBOX_LOG_LEVEL });
  const { DATABASE_URL: url, SANDBOX_FOLDER: folder, SANDBOX_PUBLIC_URL: publicUrl } = config;
  const { PAYSTACK_WEBHOOK_URL: paystackWebhookUrl, PAYSTACK_SECRET_KEY: paystackSecret } = config;
  const sandbox = await startSandbox({
    database: { ...(url !== undefined && { url }), ...(folder !== undefined && { folder }) },
    port: config.SANDBOX_PORT,
    host: config.SANDBOX_HOST,
    ...(publicUrl !== undefined && { publicUrl }),
    seatsPerBus: config.SANDBOX_SEATS_PER_BUS,
    sweepEverySeconds: config.SANDBOX_SWEEP_SECONDS,
    paystackSecret,
    ...(paystackWebhookUrl !== undefined && { paystackWebhookUrl }),
    onError: (error) => log.error({ err: error }, 'The sandbox failed'),
  });
  const data = url ? 'the server of DATABASE_URL' : (folder ?? 'memory');
  log.info({ urls: sandbox.urls, data }, `The sandbox serves at ${sandbox.url}`);

  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'The sandbox stops');
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (error instanceof EnvironmentMistakes) {
    console.error(error.message);
    process.exit(exitCodeForBadConfig);
  }
  console.error(portTaken(error) ?? error);
  process.exit(1);
}

function portTaken(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return undefined;
  return `${error.message}: something else is served there. Set SANDBOX_PORT to another port.`;
}
