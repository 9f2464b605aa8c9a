import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The control endpoint moves (pretended) money without a key, so only this machine may use it: a loopback peer,
 * asked for by a local name (a web page cannot do that by DNS rebinding), and not through a proxy, which would make
 * everybody loopback.
 * @throws DomainError `control_is_local`
 */
export function guardControl(request: FastifyRequest): void {
  const { headers } = request;
  const proxied = headers.forwarded ?? headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? headers.via;
  const peer = request.raw.socket.remoteAddress ?? '';
  if (proxied !== undefined || !LOOPBACK.has(peer) || !LOCAL_HOST.test(headers.host ?? '')) {
    throw new DomainError('forbidden', 'control_is_local', 'The control endpoint answers this machine only.');
  }
}
