import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { DomainError } from '../../kernel/domain-error.js';

interface PostgresError {
  code?: string;
  constraint?: string;
}

const known = new Map<string, () => DomainError>();

/**
 * The database is the last line of defence, and it speaks through the names of its constraints.
 * Each module tells here, once, what a violation of its own constraints means.
 */
export function defineConstraintErrors(errors: Record<string, () => DomainError>): void {
  for (const [constraint, make] of Object.entries(errors)) {
    if (known.has(constraint)) throw new Error(`Constraint ${constraint} has two meanings.`);
    known.set(constraint, make);
  }
}

export function constraintsWithMeaning(): string[] {
  return [...known.keys()];
}

/** A violation of a known constraint becomes its DomainError; a lost database becomes `database_unavailable`; the rest stays. */
export function toDomainError(error: unknown): unknown {
  const { code, constraint } = postgresError(error);
  const make = constraint === undefined ? undefined : known.get(constraint);
  if (make) return make();
  if (isConnectionLoss(error, code)) {
    return new DomainError('unavailable', 'database_unavailable', 'The database does not answer.', {
      cause: error,
    });
  }
  return error;
}

export function isTransientConflict(error: unknown): boolean {
  const { code } = postgresError(error);
  return code === '40P01' || code === '40001';
}

function postgresError(error: unknown): PostgresError {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof inner === 'object' && inner !== null ? (inner as PostgresError) : {};
}

/** SQLSTATE class 08 and 57P0x; the driver's own socket errors have no SQLSTATE. */
function isConnectionLoss(error: unknown, code: string | undefined): boolean {
  // A connection that breaks between two statements of a unit takes its runner along: the next statement meets none.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (code !== undefined && (/^08|^57P0/.test(code) || /^E(CONN|PIPE|TIMEDOUT|HOST)/.test(code))) return true;
  return (
    error instanceof Error &&
    /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/.test(
      error.message,
    )
  );
}
