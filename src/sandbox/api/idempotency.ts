import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../sandbox-context.js';
import { identify } from './identify.js';
import { MollieError } from './mollie-error.js';

const KEPT_MS = 3_600_000;

export interface Answer {
  status: number;
  /** Absent for 204. */
  body?: unknown;
}

/**
 * Mollie's idempotency keys (docs.mollie.com, "API idempotency"): the answer to a key is kept for an hour; another
 * request under it is refused with 400, a simultaneous one with 409. Refusals are not kept: a corrected request may
 * use the key again.
 */
export class Idempotency {
  private readonly inProgress = new Set<string>();

  constructor(private readonly context: SandboxContext) {}

  /** First of all hooks that may wait: replays, refuses, or takes the key until the connection is done with. */
  async enter(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const id = this.keyOf(request);
    if (id === null) return undefined;
    const kept = this.find(id);
    if (kept) {
      if (kept.fingerprint !== fingerprintOf(request)) {
        throw new MollieError(400, 'This idempotency key was used before with a different request.');
      }
      return replay(reply, kept);
    }
    if (this.inProgress.has(id)) {
      throw new MollieError(409, 'A request with this idempotency key is still being processed.');
    }
    this.inProgress.add(id);
    reply.raw.once('close', () => this.inProgress.delete(id));
    return undefined;
  }

  /**
   * Does the work once. It must be synchronous: then the change and its answer are kept in one line of the journal,
   * and no crash can separate them. A caller that gave up while it was made to wait, and asked again, has two requests
   * here at once: the second finds the answer of the first.
   */
  answer(request: FastifyRequest, reply: FastifyReply, work: () => Answer): FastifyReply {
    const id = this.keyOf(request);
    const kept = id === null ? undefined : this.find(id);
    if (kept) return replay(reply, kept);
    const { status, body } = work();
    const text = body === undefined ? '' : JSON.stringify(body);
    if (id !== null) {
      this.context.state.answers.save({
        id,
        fingerprint: fingerprintOf(request),
        status,
        body: text,
        answeredAt: this.context.clock.now().toISOString(),
      });
    }
    return reply.code(status).type('application/hal+json').send(text);
  }

  /** Oldest first: the first that is still kept ends the search. */
  forgetOld(): void {
    for (const { id } of this.context.state.answers.values()) {
      if (this.find(id)) return;
    }
  }

  /** Keys of one account do not meet those of another. */
  private keyOf(request: FastifyRequest): string | null {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || key === '' || request.method === 'GET') return null;
    return `${identify(this.context, request.headers).account} ${key}`;
  }

  private find(id: string): { fingerprint: string; status: number; body: string } | undefined {
    const kept = this.context.state.answers.get(id);
    if (kept && this.context.clock.now().getTime() - Date.parse(kept.answeredAt) >= KEPT_MS) {
      this.context.state.answers.forget(id);
      return undefined;
    }
    return kept;
  }
}

function replay(reply: FastifyReply, { status, body }: { status: number; body: string }): FastifyReply {
  return reply.code(status).header('idempotent-replayed', 'true').type('application/hal+json').send(body);
}

function fingerprintOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url} ${JSON.stringify(request.body ?? null)}`)
    .digest('base64url');
}
