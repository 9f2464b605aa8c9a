import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Sample } from './measure.js';

/**
 * A load generator as light as can be, for it shares the machine with what it measures: keep-alive connections,
 * one request at a time on each, answers read by their content-length.
 */
export class Load {
  private constructor(private readonly connections: Connection[]) {}

  static async open(port: number, connections: number): Promise<Load> {
    return new Load(await Promise.all(Array.from({ length: connections }, () => Connection.open(port))));
  }

  /**
   * Sends what `next` gives until it gives no more, on all connections at once.
   * @throws Error on the first answer that is not 2xx: refusals are quick, and would look like speed
   */
  async run(next: () => Request | undefined): Promise<Sample> {
    const times: number[] = [];
    const started = performance.now();
    await Promise.all(
      this.connections.map(async (connection) => {
        for (let request = next(); request; request = next()) {
          const sent = performance.now();
          const answer = await connection.send(request);
          times.push(performance.now() - sent);
          if (!/^HTTP\/1.1 2/.test(answer)) throw new Error(`${request.path} answered ${answer}`);
        }
      }),
    );
    return { times, ms: performance.now() - started };
  }

  runFor(ms: number, make: () => Request): Promise<Sample> {
    const end = performance.now() + ms;
    return this.run(() => (performance.now() < end ? make() : undefined));
  }

  /** Whatever is reached first. */
  runUntil({ count, ms }: { count: number; ms: number }, make: () => Request): Promise<Sample> {
    const end = performance.now() + ms;
    let left = count;
    return this.run(() => (left-- > 0 && performance.now() < end ? make() : undefined));
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }
}

export interface Request {
  path: string;
  body: string;
  type: 'application/json' | 'application/x-www-form-urlencoded';
}

class Connection {
  private received = '';
  private answered: { resolve: (answer: string) => void; reject: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: unknown) => this.take(chunk as string));
    socket.on('error', (error) => this.answered?.reject(error));
    socket.on('close', () => this.answered?.reject(new Error('The server closed a connection.')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send({ path, body, type }: Request): Promise<string> {
    return new Promise((resolve, reject) => {
      this.answered = { resolve, reject };
      this.socket.write(
        `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.answered = undefined;
    this.socket.destroy();
  }

  private take(chunk: string): void {
    this.received += chunk;
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.received)?.[1] ?? 0);
    if (this.received.length < headEnd + 4 + length) return;
    const answer = this.received;
    this.received = '';
    // Nobody asked: the server dismisses a connection that no bench has used for a minute.
    this.answered?.resolve(answer);
    this.answered = undefined;
  }
}
