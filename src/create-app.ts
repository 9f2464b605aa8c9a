import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { newId } from './kernel/ids.js';
import { serveOpenApi } from './openapi.js';
import type { AppConfig } from './platform/config/app-config.js';
import { ErrorPages, answerError } from './platform/http/error.filter.js';
import { observeRequests } from './platform/http/observe-requests.js';
import { refuseNullCharacters } from './platform/http/refuse-null-characters.js';
import { NestLogger, logger } from './platform/logging/logger.js';

/** The largest body we take: a signature image of 512 KiB and a little. */
export const BODY_LIMIT_BYTES = 520 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/** Builds the application for one role; whoever calls it listens. */
export async function createApp(config: AppConfig): Promise<NestFastifyApplication> {
  logger.level = config.logLevel;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: (_address, hop) => hop < config.http.trustProxy,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerError(app.get(ErrorPages), error, request, reply),
  });
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
    AppModule.forConfig(config),
    adapter,
    {
      logger: new NestLogger(),
      abortOnError: false,
    },
  );
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  // Pages bring their own policies; these are for everything else.
  await app.register(
    helmet as never,
    {
      contentSecurityPolicy: false,
      crossOriginResourcePolicy: false,
      frameguard: false,
      // A promise that binds every answer of the origin, while frames and static files make their own.
      originAgentCluster: false,
      hsts: config.http.publicUrl.startsWith('https:'),
    } as never,
  );
  // Fastify reads plain text unasked; nothing here is.
  fastify.removeContentTypeParser('text/plain');
  for (const type of ['image/png', 'image/jpeg', 'application/octet-stream']) {
    fastify.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  observeRequests(fastify);
  refuseNullCharacters(fastify);
  if (config.role === 'worker') serveOnlyHealth(fastify);
  else serveOpenApi(app);
  return app;
}

/** A worker answers its orchestrator and Prometheus, nobody else. */
function serveOnlyHealth(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!/^\/(health|metrics)(\/|\?|$)/.test(request.url)) await reply.status(404).send();
  });
}
