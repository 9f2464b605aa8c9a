import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../src/platform/embedded/free-port.js';
import { startRedis, type TestRedis } from '../../support/redis.js';
import { Balancer } from './balancer.js';
import { ChaosDatabase } from './chaos-database.js';
import { MailServer } from './mail-server.js';
import { Member } from './member.js';
import { Provider } from './provider.js';
import { Time } from './time.js';

export interface InstallationSize {
  webs: number;
  workers: number;
}

/** The provider is given up on after so long; what hangs, hangs longer. */
const PROVIDER_TIMEOUT_MS = 1_500;
/** What a killed worker held is due again after this. */
const LEASE_MS = 5_000;

/** A whole installation as it stands in production, each part a process or a server of its own, on this machine. */
export class Installation {
  private readonly closers: Array<() => Promise<unknown> | unknown> = [];
  database!: ChaosDatabase;
  redis!: TestRedis;
  mail!: MailServer;
  provider!: Provider;
  front!: Balancer;
  webs: Member[] = [];
  workers: Member[] = [];
  settings: Record<string, string> = {};
  readonly time: Time;
  /** What every process of the platform is started with. */
  readonly nodeArgs = ['--import', join(import.meta.dirname, 'leaping-clock.mjs')];

  private constructor(readonly home: string) {
    this.time = new Time(join(home, 'clock'));
  }

  static async start(size: InstallationSize): Promise<Installation> {
    const house = new Installation(await mkdtemp(join(tmpdir(), 'obole-chaos-')));
    try {
      await house.open(size);
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  get members(): Member[] {
    return [...this.webs, ...this.workers];
  }

  async allReady(): Promise<void> {
    await Promise.all(this.members.map((member) => member.ready()));
  }

  /** @param keepLogs leaves the home directory, with what the processes wrote */
  async close(keepLogs = false): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
    for (const close of this.closers.reverse()) await close();
    if (!keepLogs) await rm(this.home, { recursive: true, force: true });
  }

  private async open({ webs, workers }: InstallationSize): Promise<void> {
    const keep = <T>(part: T, close: (part: T) => unknown): T => {
      this.closers.push(() => close(part) as Promise<unknown>);
      return part;
    };
    this.database = keep(await ChaosDatabase.start(this.home), (part) => part.stop());
    this.redis = keep(await startRedis(), (part) => part.stop());
    this.mail = keep(await MailServer.start(), (part) => part.close());
    const stateDir = join(this.home, 'sandbox');
    await mkdir(stateDir);
    this.provider = keep(await Provider.start(stateDir, this.time), (part) => part.close());
    const ports = await Promise.all(Array.from({ length: webs + workers }, () => freePort()));
    this.front = keep(await Balancer.start(await freePort(), ports.slice(0, webs)), (part) => part.close());
    this.settings = await this.settingsOfMembers();
    const member = (entry: 'main' | 'worker', nth: number, port: number) => {
      const role = entry === 'main' ? 'web' : 'worker';
      const settings = { ...this.settings, ROLE: role };
      return new Member(
        { name: `${role}-${nth}`, port, entry, settings, nodeArgs: this.nodeArgs },
        this.home,
      );
    };
    this.webs = ports.slice(0, webs).map((port, nth) => member('main', nth + 1, port));
    this.workers = ports.slice(webs).map((port, nth) => member('worker', nth + 1, port));
    for (const one of this.members) one.start();
    await this.allReady();
  }

  private async settingsOfMembers(): Promise<Record<string, string>> {
    const caFile = join(this.home, 'ca.pem');
    await writeFile(caFile, this.provider.caPem);
    return {
      PUBLIC_URL: this.front.url,
      DATABASE_URL: this.database.appUrl,
      DATABASE_POOL_SIZE: '10',
      REDIS_URL: this.redis.url,
      SMTP_URL: this.mail.url,
      MAIL_FROM: 'dons@example.org',
      MOLLIE_API_KEY: 'test_keyOfTheChaos',
      MOLLIE_API_URL: this.provider.apiUrl,
      MOLLIE_CA_FILE: caFile,
      MOLLIE_TIMEOUT_MS: String(PROVIDER_TIMEOUT_MS),
      JOB_LEASE_MS: String(LEASE_MS),
      SECRETS_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      CHAOS_CLOCK_FILE: this.time.clockFile,
      LOG_LEVEL: 'warn',
    };
  }
}
