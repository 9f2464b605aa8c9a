import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';

/** One line of JSON each. Ids, never names, mails or addresses; what slips in by accident is cut out here. */
export const logger = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      'email',
      'to',
      'donor',
      'authorization',
      'password',
      'token',
      '*.email',
      '*.donor',
      '*.authorization',
      '*.password',
      '*.token',
    ],
    censor: '[removed]',
  },
  serializers: { err: describeError },
});

/** A database error quotes the row ("Key (email)=(…) already exists"): its detail and parameters stay out of the log. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, cause } = error as Error & { code?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    stack: error.stack,
    ...(cause instanceof Error && { cause: describeError(cause) }),
  };
}

/** Nest's own messages in the same log. */
export class NestLogger implements LoggerService {
  log(message: unknown, context?: string): void {
    logger.debug({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    logger.trace({ context }, String(message));
  }
  warn(message: unknown, context?: string): void {
    logger.warn({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    logger.error({ context, stack }, String(message));
  }
  fatal(message: unknown, context?: string): void {
    logger.fatal({ context }, String(message));
  }
}
