import { DomainError } from '../../kernel/domain-error.js';

export type EmbeddedErrorCode =
  | 'embedded_postgres_unavailable'
  | 'embedded_postgres_busy'
  | 'embedded_postgres_port_taken'
  | 'embedded_postgres_not_ours'
  | 'embedded_postgres_version_mismatch'
  | 'embedded_postgres_failed';

/** How to do without the embedded server: the end of every message that cannot be helped otherwise. */
export const BRING_YOUR_OWN =
  'Or use a PostgreSQL server of your own (15 or newer): set DATABASE_URL and DATABASE_OWNER_URL.';

/** A foreseen failure of the embedded server. Never retryable by a job: a person must act. */
export function embeddedError(code: EmbeddedErrorCode, message: string, cause?: unknown): DomainError {
  return new DomainError('unavailable', code, message, { cause, retryable: false });
}
