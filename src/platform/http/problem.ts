import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind, type FieldError } from '../../kernel/domain-error.js';

/** RFC 9457, with a stable `code` and, for bad input, the faults one by one. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId?: string;
  errors?: FieldError[];
  params?: Record<string, string | number>;
}

const STATUS: Record<ErrorKind, number> = {
  invalid: 422,
  too_large: 413,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limit: 429,
  provider: 502,
  unavailable: 503,
};

const TITLE: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Not acceptable as it is',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'The payment provider answered wrongly',
  503: 'Not available now',
};

/** Faults that Fastify finds before any code of ours runs. */
const FRAMEWORK_CODES: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_REQ_FILE_TOO_LARGE: 'file_too_large',
};

const CODE_BY_STATUS: Record<number, string> = {
  400: 'bad_request',
  401: 'authentication_required',
  403: 'forbidden',
  404: 'route_not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  414: 'address_too_long',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

/** Any thrown thing as a problem. What nobody foresaw is a 500 that tells nothing of the inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof DomainError) {
    return {
      ...shell(STATUS[error.kind], error.code, error.message),
      ...(error.errors.length > 0 && { errors: error.errors }),
      ...(Object.keys(error.params).length > 0 && { params: error.params }),
    };
  }
  const { status, code, message } = frameworkError(error);
  if (status !== undefined && status >= 400 && status < 500) {
    return shell(status, (code && FRAMEWORK_CODES[code]) ?? CODE_BY_STATUS[status] ?? 'bad_request', message);
  }
  return shell(500, 'internal_error', 'Something went wrong on our side. It was logged.');
}

function frameworkError(error: unknown): { status?: number; code?: string; message: string } {
  if (error instanceof HttpException) {
    const inner = frameworkError(error.cause);
    return {
      status: error.getStatus(),
      code: inner.code ?? messageCode(error.message),
      message: error.message,
    };
  }
  if (error instanceof Error) {
    const { statusCode, code } = error as Error & { statusCode?: number; code?: string };
    return { status: statusCode, code, message: error.message };
  }
  return { message: '' };
}

/** Nest wraps Fastify's body errors and keeps only their message. */
function messageCode(message: string): string | undefined {
  if (/JSON/.test(message)) return 'FST_ERR_CTP_INVALID_JSON_BODY';
  if (/too large/i.test(message)) return 'FST_ERR_CTP_BODY_TOO_LARGE';
  return undefined;
}

function shell(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: TITLE[status] ?? 'Error', status, code, detail };
}
