import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RESERVED_SLUGS } from '../associations/index.js';
import { DomainError } from '../kernel/domain-error.js';

/** For pages under an association's slug: /v1/donation is a mistyped route, not the page of an association called v1. */
@Injectable()
export class SitePathsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { slug: string } }>>();
    if (RESERVED_SLUGS.has(params.slug))
      throw new DomainError('not_found', 'route_not_found', 'There is nothing here.');
    return true;
  }
}
