import type { FastifyInstance } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';

/** No address of ours has a null character, and PostgreSQL refuses it in a parameter. */
export function refuseNullCharacters(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    if (request.url.split('?')[0]!.includes('%00'))
      throw new DomainError('not_found', 'route_not_found', 'There is nothing here.');
  });
}
