import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ErrorPages, type ErrorPage } from '../platform/http/error.filter.js';
import type { Problem } from '../platform/http/problem.js';
import { publicPageHeaders } from './page-headers.js';
import { PageRequests } from './page-request.js';
import { PublicPageRenderer } from './render-pages.js';
import type { ErrorPageKind } from './site-pages.view.js';

const BY_CODE: Record<string, ErrorPageKind> = {
  form_not_found: 'form_not_published',
  payment_account_missing: 'cannot_receive',
  payment_account_disconnected: 'cannot_receive',
  payment_provider_unavailable: 'provider',
  payment_refused_by_provider: 'provider',
};

const BY_STATUS: Record<number, ErrorPageKind> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  429: 'limit',
  500: 'internal',
  502: 'provider',
  503: 'unavailable',
};

/** Money moves at the checkout alone: a form that did not get that far has moved none. */
const OURS: ReadonlySet<ErrorPageKind> = new Set(['internal', 'unavailable']);

/** Errors as people meet them: what happened to their money, and what they can do. */
@Injectable()
export class PublicErrorPages implements OnModuleInit {
  constructor(
    private readonly pages: ErrorPages,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
  ) {}

  onModuleInit(): void {
    this.pages.use((problem, request) => this.render(problem, request));
  }

  private render(problem: Problem, request: FastifyRequest): ErrorPage {
    const isForm = request.method === 'POST';
    const known = BY_CODE[problem.code] ?? BY_STATUS[problem.status] ?? 'invalid';
    const kind = isForm && OURS.has(known) ? 'not_sent' : known;
    const html = this.renderer.error(
      {
        kind,
        ...(problem.status >= 500 && { reference: problem.requestId }),
        ...(isForm && {
          backUrl: request.url.split('?')[0]!.replace(/\/(reessayer|montant|pause|reprendre|moyen)$/, ''),
        }),
      },
      this.requests.context(request),
    );
    return { html, headers: publicPageHeaders(this.requests) };
  }
}
