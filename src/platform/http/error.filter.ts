import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logger } from '../logging/logger.js';
import { toProblem, type Problem } from './problem.js';

export interface ErrorPage {
  html: string;
  headers: Record<string, string>;
}

/** How an error looks to a person. Bound by the module that has the pages. */
export type ErrorPageRenderer = (problem: Problem, request: FastifyRequest) => ErrorPage;

@Injectable()
export class ErrorPages {
  private renderer: ErrorPageRenderer | undefined;

  use(renderer: ErrorPageRenderer): void {
    this.renderer = renderer;
  }

  /** Undefined when the request is a program's. */
  render(problem: Problem, request: FastifyRequest): ErrorPage | undefined {
    const path = request.url.split('?')[0]!;
    const isApi = /^\/(v1|webhooks|health|metrics|openapi\.json|docs)(\/|$)/.test(path);
    const wantsHtml = (request.headers.accept ?? '').includes('text/html');
    return !isApi && wantsHtml ? this.renderer?.(problem, request) : undefined;
  }
}

/** The one place where an error becomes an answer: a page for people, a problem document for programs. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly pages: ErrorPages) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerError(this.pages, error, http.getRequest(), http.getResponse());
  }
}

/** Also for what the router refuses before Nest hears of it: an address that cannot be read. */
export function answerError(
  pages: ErrorPages,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = { ...toProblem(error), requestId: request.id };
  if (problem.status >= 500) {
    logger.error(
      { requestId: request.id, route: request.routeOptions?.url, code: problem.code, err: error },
      'request failed',
    );
  }
  if (problem.status === 503) void reply.header('retry-after', '5');
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="obole"');
  void reply.status(problem.status).header('x-request-id', request.id);
  const page = pages.render(problem, request);
  if (page) void reply.headers(page.headers).header('cache-control', 'no-store').send(page.html);
  else
    void reply
      .type('application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(problem);
}
