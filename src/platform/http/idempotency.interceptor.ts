import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable, of, catchError } from 'rxjs';
import { DomainError } from '../../kernel/domain-error.js';
import type { Caller } from './access.js';
import { IdempotencyStore, type Claim } from './idempotency-store.js';

/**
 * `Idempotency-Key` on a creating POST: same key and body, same answer; other body 409; still running 409.
 * A failed request keeps nothing, so that the client may try again with the same key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly store: IdempotencyStore) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { caller?: Caller }>();
    const reply = http.getResponse<FastifyReply>();
    const key = idempotencyKey(request);
    if (key === undefined) return next.handle();
    const claim: Claim = {
      scope: request.caller ? request.caller.associationId : `public ${request.url.split('?')[0]}`,
      key,
      requestHash: hash(`${request.method} ${request.url} ${bodyText(request.body)}`),
    };
    const earlier = await this.store.claim(claim);
    if (earlier) {
      void reply.status(earlier.status).header('idempotency-replayed', 'true');
      return of(earlier.body);
    }
    return next.handle().pipe(
      mergeMap((body) => from(this.store.finish(claim, reply.statusCode, body).then(() => body))),
      catchError((error: unknown) =>
        from(
          this.store.release(claim).then(() => {
            throw error;
          }),
        ),
      ),
    );
  }
}

/** @throws DomainError `idempotency_key_malformed` */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new DomainError(
      'invalid',
      'idempotency_key_malformed',
      'An Idempotency-Key is 1 to 255 visible ASCII characters.',
    );
  }
  return header;
}

/** @throws DomainError `body_nested_too_deep`: it could be read, but not written again */
function bodyText(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new DomainError('invalid', 'body_nested_too_deep', 'This body is nested too deep.', {
      cause: error,
    });
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
