import { SetMetadata, applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { DomainError } from '../../kernel/domain-error.js';

/** Each role may do what the ones before it may. */
export const ROLES = ['reader', 'treasurer', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** Who calls, as far as access is concerned: one association, with one role. */
export interface Caller {
  associationId: string;
  role: Role;
  /** `key:<id>`: for the journal. */
  actor: string;
}

/** Tells who holds a bearer token; bound by the module that owns the keys. */
export abstract class Authenticator {
  abstract authenticate(bearerToken: string): Promise<Caller | undefined>;
}

export const ACCESS = 'obole:access';
export type Access = { kind: 'public' } | { kind: 'role'; atLeast: Role };

/** Anyone may call this handler. A handler that says neither this nor @Allow() is refused, and a test finds it. */
export const Public = () =>
  // An empty requirement: OpenAPI's way to say that no key is needed.
  applyDecorators(SetMetadata(ACCESS, { kind: 'public' } satisfies Access), ApiSecurity({}));

export const Allow = (atLeast: Role) => SetMetadata(ACCESS, { kind: 'role', atLeast } satisfies Access);

export function hasRole(caller: Caller, atLeast: Role): boolean {
  return ROLES.indexOf(caller.role) >= ROLES.indexOf(atLeast);
}

/** The authenticated caller of a handler under @Allow(). */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<{ caller?: Caller }>();
  if (!caller)
    throw new DomainError(
      'unauthenticated',
      'authentication_required',
      'This route was reached without a caller.',
    );
  return caller;
});
