import { listenOn, runProcess, toldToStop } from '@longhaul/process-kit';
import { startSandbox } from '@longhaul/sandbox';
import { together, variables } from './config.ts';

await runProcess({
  name: 'sandbox',
  variables,
  together,
  level: ({ SANDBOX_LOG_LEVEL }) => SANDBOX_LOG_LEVEL,
  serve: async (config, { log, stop }) => {
    const { DATABASE_URL: url, SANDBOX_FOLDER: folder, SANDBOX_PUBLIC_URL: publicUrl, SANDBOX_PORT: port } = config;
    const { PAYSTACK_WEBHOOK_URL: paystackWebhookUrl, PAYSTACK_SECRET_KEY: paystackSecret } = config;
    const sandbox = await listenOn('SANDBOX_PORT', port, () =>
      startSandbox({
        database: { ...(url !== undefined && { url }), ...(folder !== undefined && { folder }) },
        port,
        host: config.SANDBOX_HOST,
        ...(publicUrl !== undefined && { publicUrl }),
        seatsPerBus: config.SANDBOX_SEATS_PER_BUS,
        sweepEverySeconds: config.SANDBOX_SWEEP_SECONDS,
        paystackSecret,
        links: [
          ...linkTo('The HTTP API, described', config.SANDBOX_GATEWAY_URL && `${config.SANDBOX_GATEWAY_URL}/docs`),
          ...linkTo("Runs, in Temporal's UI", config.SANDBOX_TEMPORAL_UI_URL),
        ],
        ...(paystackWebhookUrl !== undefined && { paystackWebhookUrl }),
        onError: (error) => log.error({ err: error }, 'The sandbox failed'),
      }),
    );
    const data = url === undefined ? (folder ?? 'memory') : 'the server of DATABASE_URL';
    log.info({ urls: sandbox.urls, data }, `The sandbox serves at ${sandbox.url}`);
    await toldToStop(stop);
    await sandbox.close();
  },
});

function linkTo(name: string, url: string | undefined) {
  return url === undefined ? [] : [{ name, url }];
}
