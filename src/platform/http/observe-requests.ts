import type { FastifyInstance } from 'fastify';
import { logger } from '../logging/logger.js';
import { httpDuration } from '../metrics/metrics.js';

/** One log line and one measure per request. The route's pattern, never its address: addresses hold tokens. */
export function observeRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const status = reply.statusCode;
    httpDuration.observe({ method, route, status: String(status) }, reply.elapsedTime / 1000);
    logger.info(
      { requestId: request.id, method, route, status, ms: Math.round(reply.elapsedTime) },
      'request',
    );
  });
}
