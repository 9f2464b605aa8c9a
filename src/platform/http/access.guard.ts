import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';
import { ACCESS, Authenticator, hasRole, type Access, type Caller } from './access.js';

/** Denied by default: a handler is public because it says so, or it names the role it takes. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new DomainError('forbidden', 'access_not_declared', 'This route declares no access.');
    if (access.kind === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { caller?: Caller }>();
    const caller = await this.authenticate(request);
    if (!hasRole(caller, access.atLeast)) {
      throw new DomainError(
        'forbidden',
        'role_insufficient',
        `This needs the role ${access.atLeast}; the key is a ${caller.role}'s.`,
        {
          params: { needed: access.atLeast, role: caller.role },
        },
      );
    }
    request.caller = caller;
    // What needs a key is often personal; a handler may still say otherwise.
    void http.getResponse<FastifyReply>().header('cache-control', 'no-store');
    return true;
  }

  private async authenticate(request: FastifyRequest): Promise<Caller> {
    const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
    if (!match)
      throw new DomainError(
        'unauthenticated',
        'authentication_required',
        'Send an API key: Authorization: Bearer …',
      );
    const caller = await this.authenticator.authenticate(match[1]!);
    if (!caller)
      throw new DomainError('unauthenticated', 'api_key_unknown', 'This API key is unknown or was revoked.');
    return caller;
  }
}
