import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { MollieError } from '../api/mollie-error.js';
import type { Behaviour } from './behaviour.js';

const HTML_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** Disturbs requests as the behaviour says. Registered after authentication: a wrong key is told first. */
export function addFaultHooks(app: FastifyInstance, behaviour: Behaviour): void {
  app.addHook('preHandler', async (request, reply) => {
    if (!behaviour.disturbs(request.method, request.url)) return;
    // Not counted as work: a slow answer that nobody waits for must not keep a stopped sandbox alive.
    if (behaviour.settings.latencyMs) await sleep(behaviour.settings.latencyMs, undefined, { ref: false });
    if (behaviour.take('dropConnection')) return drop(reply);
    if (behaviour.take('hang')) return reply.hijack();
    if (behaviour.take('answerHtml')) return reply.code(502).type('text/html').send(HTML_PAGE);
    const failure = behaviour.takeFailure();
    if (failure) {
      if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', failure.retryAfterSeconds);
      throw new MollieError(failure.status, 'The sandbox was told to fail this call.');
    }
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (!behaviour.disturbs(request.method, request.url) || reply.statusCode >= 400) return payload;
    if (behaviour.take('dropAfterWork')) reply.raw.socket?.destroy();
    else if (behaviour.take('hangAfterWork')) await new Promise(() => undefined);
    return payload;
  });
}

function drop(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.destroy();
  return reply;
}
