import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that may contain secrets or personal data. Their values are never logged. */
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
