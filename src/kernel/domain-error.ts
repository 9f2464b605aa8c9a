/** What went wrong, in the words of the domain. The HTTP layer alone turns a kind into a status. */
export type ErrorKind =
  | 'invalid'
  | 'too_large'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'limit'
  | 'provider'
  | 'unavailable';

/** One fault of an input. `pointer` is a JSON Pointer (RFC 6901) into the request body. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

export interface DomainErrorOptions {
  /** Values for the translation of the code into a sentence for people. */
  params?: Record<string, string | number>;
  errors?: FieldError[];
  /** Would the same call later perhaps succeed? Jobs retry only then. */
  retryable?: boolean;
  cause?: unknown;
}

/**
 * A refusal or failure that the code foresaw. `code` is stable and public (`receipt_not_found`),
 * `message` is written for developers. It knows nothing of HTTP.
 */
export class DomainError extends Error {
  readonly params: Record<string, string | number>;
  readonly errors: FieldError[];
  readonly retryable: boolean;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.params = options.params ?? {};
    this.errors = options.errors ?? [];
    this.retryable = options.retryable ?? (kind === 'unavailable' || kind === 'provider');
  }
}

/** The usual shape of a refused input with a single faulty field. */
export function invalidField(pointer: string, code: string, detail: string): DomainError {
  return new DomainError('invalid', 'validation_failed', detail, { errors: [{ pointer, code, detail }] });
}
