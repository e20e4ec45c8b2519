/**
 * The registry of apps: one entry for each folder beside this file. What `npm start` starts, ports, `--only`,
 * `npm run worker`, processes in specs and benchmarks, and who may import whom are derived from it. CODEOWNERS, the
 * queues of the contracts, each app's `main.ts` and the tables of the docs are held against it
 * (`tools/src/house-rules/registry.spec.ts`). Plain JavaScript: Nx and ESLint read it before anything could transpile it.
 */

/**
 * Where everything listens, as the apps are told.
 *
 * @typedef {object} Addresses
 * @property {string} temporal
 * @property {string} gateway
 * @property {string} sandbox
 * @property {string | undefined} [temporalUi] undefined where there is none, or none of ours
 */

/**
 * The variables that an app needs on a laptop, apart from its ports and where Temporal is: the sandbox is every service.
 *
 * @typedef {(at: Addresses) => Readonly<Record<string, string>>} OnLaptop
 */

/**
 * @typedef {object} Worker
 * @property {string} team owns the folder: `@longhaul/<team>` in CODEOWNERS
 * @property {readonly string[]} queues that it polls; the first is that of its workflows
 * @property {number} healthPort on a laptop, where all share the machine; elsewhere it is 9464
 * @property {number} graceSeconds what running activities get on SIGTERM, unless `SHUTDOWN_GRACE_SECONDS` says otherwise
 * @property {OnLaptop} onLaptop
 */

/**
 * @typedef {object} OtherApp
 * @property {string} team
 * @property {string} [packageName] without `@longhaul/`, where it is not the folder's name
 * @property {readonly string[]} imports packages of this house that it may import
 * @property {number} [port] on a laptop, of what it serves
 * @property {number} [healthPort] on a laptop, when health and metrics have a port of their own
 * @property {OnLaptop} [onLaptop] left out by an app that `npm start` does not start
 */

/** On a laptop, also of the sandbox that stands in for Paystack. */
export const paystackSecretKey = 'sk_test_longhaul';

/**
 * By domain: the folder is `apps/<domain>-worker`. They are started and listed in this order.
 *
 * @satisfies {Readonly<Record<string, Worker>>}
 */
export const workers = {
  booking: {
    team: 'booking',
    queues: ['booking'],
    healthPort: 9464,
    graceSeconds: 20,
    onLaptop: ({ sandbox }) => ({
      BOOKING_SERVICE_URL: `${sandbox}/booking`,
      PAYMENT_SERVICE_URL: `${sandbox}/payment`,
      NOTIFICATION_SERVICE_URL: `${sandbox}/notification`,
    }),
  },
  fleet: {
    team: 'fleet',
    queues: ['fleet'],
    healthPort: 9465,
    graceSeconds: 20,
    onLaptop: ({ sandbox }) => ({ FLEET_SERVICE_URL: `${sandbox}/fleet` }),
  },
  payment: {
    team: 'payment',
    queues: ['payment', 'payment-deliveries'],
    healthPort: 9466,
    graceSeconds: 20,
    onLaptop: ({ sandbox }) => ({
      PAYMENT_SERVICE_URL: `${sandbox}/payment`,
      INVOICE_SERVICE_URL: `${sandbox}/invoice`,
      NOTIFICATION_SERVICE_URL: `${sandbox}/notification`,
      PAYSTACK_URL: `${sandbox}/paystack`,
      PAYSTACK_SECRET_KEY: paystackSecretKey,
      ALLOW_LOOPBACK_WEBHOOKS: 'true',
    }),
  },
  approval: {
    team: 'approval',
    queues: ['approval'],
    healthPort: 9468,
    graceSeconds: 20,
    onLaptop: ({ sandbox }) => ({
      AUDIT_SERVICE_URL: `${sandbox}/audit`,
      DIRECTORY_SERVICE_URL: `${sandbox}/directory`,
      NOTIFICATION_SERVICE_URL: `${sandbox}/notification`,
    }),
  },
};

/**
 * By folder: all apps that are no workers.
 *
 * @satisfies {Readonly<Record<string, OtherApp>>}
 */
export const others = {
  sandbox: {
    team: 'platform',
    packageName: 'sandbox-server',
    imports: ['process-kit', 'sandbox'],
    port: 4000,
    onLaptop: ({ gateway, temporalUi }) => ({
      SANDBOX_GATEWAY_URL: gateway,
      ...(temporalUi !== undefined && { SANDBOX_TEMPORAL_UI_URL: temporalUi }),
      PAYSTACK_WEBHOOK_URL: `${gateway}/api/v1/webhooks/paystack`,
    }),
  },
  gateway: {
    team: 'platform',
    imports: ['client', 'contracts', 'process-kit', 'service-clients'],
    port: 3000,
    healthPort: 9467,
    onLaptop: ({ sandbox }) => ({
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_ISSUER: `${sandbox}/issuer`,
      GATEWAY_JWKS_URL: `${sandbox}/issuer/.well-known/jwks.json`,
      BOOKING_SERVICE_URL: `${sandbox}/booking`,
      PAYMENT_SERVICE_URL: `${sandbox}/payment`,
      PAYSTACK_SECRET_KEY: paystackSecretKey,
    }),
  },
  'payment-intake': { team: 'payment', imports: ['client', 'contracts', 'process-kit'] },
  bench: { team: 'platform', imports: ['contracts', 'testing', 'worker-kit'] },
};
