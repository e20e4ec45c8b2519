import { logLevel, port, secretVariable, url, variable, wholeNumber, type Together } from '@longhaul/process-kit';
import { z } from 'zod';

/** Secret are the URL of the database, which contains its password, webhook URLs, which may contain a token, and keys. */
export const variables = {
  SANDBOX_PORT: variable(port.default(4_000), 'the port to serve on; 0 takes a free one'),
  SANDBOX_HOST: variable(z.string().default('127.0.0.1'), 'the address to listen on; 0.0.0.0 in a container'),
  SANDBOX_PUBLIC_URL: variable(url.optional(), 'how others reach the sandbox; tokens name it as their issuer'),
  DATABASE_URL: secretVariable(
    z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres URL' }).optional(),
    'a PostgreSQL server to keep everything in; without it an embedded one is used',
  ),
  SANDBOX_FOLDER: variable(z.string().optional(), 'where the embedded database is kept; without it, in memory'),
  SANDBOX_SWEEP_SECONDS: variable(
    wholeNumber(1, 3_600).default(5),
    'how often lapsed holds are swept up; refunds of the card gateway move on as often',
  ),
  PAYSTACK_SECRET_KEY: secretVariable(
    z.string().default('sk_test_longhaul'),
    'what the card gateway is asked with, and signs its events with',
  ),
  PAYSTACK_WEBHOOK_URL: secretVariable(url.optional(), "where the card gateway's events go; without it they wait"),
  SANDBOX_GATEWAY_URL: variable(url.optional(), 'where the HTTP API is; the first page leads to its description'),
  SANDBOX_TEMPORAL_UI_URL: variable(url.optional(), "where Temporal's UI is; the first page leads there"),
  SANDBOX_SEATS_PER_BUS: variable(wholeNumber(1, 396).default(40), 'how many seats every bus has'),
  SANDBOX_LOG_LEVEL: variable(logLevel, 'the lowest level that is logged'),
} as const;

export const together: Together<typeof variables> = ({ DATABASE_URL: url, SANDBOX_FOLDER: folder }) =>
  url !== undefined && folder !== undefined
    ? { SANDBOX_FOLDER: 'and DATABASE_URL are both set: the data can be in one place only' }
    : {};
