import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../src/platform/embedded/free-port.js';
import { programPath } from './tools/tools.js';

export interface TestRedis {
  url: string;
  /** Empties it, as an operator's mistake would. */
  flush(): Promise<void>;
  /** Shuts it down and starts it again on the same port, empty unless `appendOnly` was asked for. */
  restart(): Promise<void>;
  /** kill -9. `restart()` brings it back. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis of one's own; a database of TEST_REDIS_URL where that is set. */
export async function startRedis(options: { appendOnly?: boolean } = {}): Promise<TestRedis> {
  if (process.env.TEST_REDIS_URL) return borrowRedis(process.env.TEST_REDIS_URL);
  const server = new RedisServer(await freePort(), options.appendOnly ? 'yes' : 'no');
  await server.start();
  return {
    url: server.url,
    flush: () => command(server.url, (redis) => redis.flushall()),
    async restart() {
      await server.end('SIGTERM');
      await server.start();
    },
    kill: () => server.end('SIGKILL'),
    async stop() {
      await server.end('SIGTERM');
      rmSync(server.directory, { recursive: true, force: true });
    },
  };
}

/** A test run that ends early must not leave them behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

class RedisServer {
  readonly directory = mkdtempSync(join(tmpdir(), 'obole-redis-'));
  private child: ChildProcess | undefined;

  constructor(
    private readonly port: number,
    private readonly appendOnly: 'yes' | 'no',
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const settings = {
      port: String(this.port),
      bind: '127.0.0.1',
      dir: this.directory,
      save: '',
      appendonly: this.appendOnly,
      appendfsync: 'always',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    this.child = spawn(programPath('REDIS_SERVER_BIN'), args, { stdio: 'ignore' });
    const child = this.child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    for (let attempt = 1; child.exitCode === null && attempt <= 250; attempt += 1) {
      if (await answers(this.url)) return;
      await sleep(20);
    }
    throw new Error(`redis-server on port ${this.port} does not answer (exit code ${child.exitCode}).`);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

/** Test files that run at once get databases of their own, as far as Redis's sixteen go. */
function borrowRedis(configured: string): TestRedis {
  const url = new URL(configured);
  if (url.pathname.length <= 1) url.pathname = `/${Number(process.env.JEST_WORKER_ID ?? 0) % 16}`;
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('TEST_REDIS_URL is not ours to stop: unset it for the tests that kill Redis.'));
  return {
    url: url.href,
    flush: () => command(url.href, (redis) => redis.flushdb()),
    restart: refuse,
    kill: refuse,
    stop: () => Promise.resolve(),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await command(url, (redis) => redis.ping());
    return true;
  } catch {
    return false;
  }
}

async function command(url: string, send: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await send(redis);
  } finally {
    // After a refused connection ioredis would wait two seconds for a socket that is closed already.
    if (redis.status !== 'end') redis.disconnect();
  }
}
