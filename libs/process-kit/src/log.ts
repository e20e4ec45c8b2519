import { pino, type DestinationStream, type Logger } from 'pino';

/** Names that may hold a secret or a person: their values never reach a log. */
const secrets = [
  'authorization',
  'password',
  'token',
  'apiKey',
  '*.authorization',
  '*.password',
  '*.token',
  '*.apiKey',
];

/** JSON lines on stdout. */
export function createLog(service: string, level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { service }, redact: secrets, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}
