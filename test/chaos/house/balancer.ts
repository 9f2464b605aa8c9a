import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What stands in front of the web processes: each connection goes to the next one that takes it. */
export class Balancer {
  private turn = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly targets: readonly number[],
  ) {}

  static async start(port: number, targets: readonly number[]): Promise<Balancer> {
    const server = createServer({ pauseOnConnect: true });
    const balancer = new Balancer(server, targets);
    server.on('connection', (near) => balancer.join(near));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(near: Socket): void {
    this.keep(near);
    this.offer(near, this.targets.length);
  }

  private offer(near: Socket, attempts: number): void {
    if (attempts === 0 || near.destroyed) {
      near.destroy();
      return;
    }
    this.turn = (this.turn + 1) % this.targets.length;
    const far = connect(this.targets[this.turn]!, '127.0.0.1');
    this.keep(far);
    const refused = (): void => this.offer(near, attempts - 1);
    far.once('error', refused);
    far.once('connect', () => {
      far.off('error', refused);
      near.once('close', () => far.destroy());
      far.once('close', () => near.destroy());
      near.pipe(far);
      far.pipe(near);
      near.resume();
    });
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }
}
