import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../../../..');
export const namespace = 'default';

/** Where everything listens, as the apps are told. */
export interface Addresses {
  readonly temporal: string;
  readonly gateway: string;
  readonly sandbox: string;
}

/** One of the deployed programs. */
export interface App {
  /** Its folder under `apps`. */
  readonly name: string;
  /** The path that answers 200 when it can do its work. */
  readonly ready: string;
  /** Port 0 takes a free one; the app then says in its log which. */
  readonly environment: (addresses: Addresses, port: number) => Readonly<Record<string, string>>;
}

const temporal = ({ temporal: address }: Addresses) => ({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace });

/** The downstream services, all served by the sandbox. */
function serviceUrls(sandbox: string) {
  return {
    BOOKING_SERVICE_URL: `${sandbox}/booking`,
    PAYMENT_SERVICE_URL: `${sandbox}/payment`,
    FLEET_SERVICE_URL: `${sandbox}/fleet`,
    NOTIFICATION_SERVICE_URL: `${sandbox}/notification`,
    INVOICE_SERVICE_URL: `${sandbox}/invoice`,
  };
}

/** The sandbox's own account at the Paystack that it is. */
const paystackSecretKey = 'sk_test_longhaul';

const worker = (name: string, more: (addresses: Addresses) => Readonly<Record<string, string>> = () => ({})): App => ({
  name,
  ready: '/readyz',
  environment: (addresses, port) => ({
    ...temporal(addresses),
    HEALTH_PORT: String(port),
    HEALTH_HOST: '127.0.0.1',
    ...serviceUrls(addresses.sandbox),
    ...more(addresses),
  }),
});

export const apps = {
  sandbox: {
    name: 'sandbox',
    ready: '/readyz',
    environment: ({ gateway }, port) => ({
      SANDBOX_PORT: String(port),
      PAYSTACK_WEBHOOK_URL: `${gateway}/api/v1/webhooks/paystack`,
    }),
  },
  gateway: {
    name: 'gateway',
    ready: '/readyz',
    environment: (addresses, port) => ({
      ...temporal(addresses),
      GATEWAY_PORT: String(port),
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_ISSUER: `${addresses.sandbox}/issuer`,
      GATEWAY_JWKS_URL: `${addresses.sandbox}/issuer/.well-known/jwks.json`,
      BOOKING_SERVICE_URL: serviceUrls(addresses.sandbox).BOOKING_SERVICE_URL,
      PAYMENT_SERVICE_URL: serviceUrls(addresses.sandbox).PAYMENT_SERVICE_URL,
      PAYSTACK_SECRET_KEY: paystackSecretKey,
    }),
  },
  booking: worker('booking-worker'),
  fleet: worker('fleet-worker'),
  payment: worker('payment-worker', ({ sandbox }) => ({
    PAYSTACK_URL: `${sandbox}/paystack`,
    PAYSTACK_SECRET_KEY: paystackSecretKey,
    ALLOW_LOOPBACK_WEBHOOKS: 'true',
  })),
} as const satisfies Record<string, App>;

/**
 * What a shell may have set for another Temporal (a cloud namespace, say) or for a database of its own must not reach
 * apps that belong to this house, which begins empty each time.
 */
export function withoutForeign(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^TEMPORAL_(API_KEY|TLS|PROFILE|CONFIG_FILE|CLIENT_|GRPC_META_)|^DATABASE_URL$|^SANDBOX_/;
  return Object.fromEntries(Object.entries(inherited).filter(([name]) => !foreign.test(name)));
}

export const bundleOf = ({ name }: Pick<App, 'name'>) => join(repository, 'apps', name, 'dist/main.js');
