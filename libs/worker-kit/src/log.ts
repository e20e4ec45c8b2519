import type { Logger } from 'pino';
import type { LogLevel, Logger as TemporalLogger, LogMetadata } from '@temporalio/worker';

const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Writes the lines of workflows, activities and the SDK to our log, in the same format. */
export function temporalLogger(log: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    // The SDK logs much at DEBUG, for every task.
    if (!log.isLevelEnabled(levels[level])) return;
    const { error, ...attributes } = meta as LogMetadata & { error?: unknown };
    log[levels[level]]({ ...attributes, ...(error !== undefined && { err: error }) }, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}
