import { chmod } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrateDatabase } from '../../../src/platform/database/migrate.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/platform/embedded/start-embedded-postgres.js';

const DATABASE = 'chaos';
const LOGIN = 'chaos_web:chaos';

/** The schema is made with a now() that leaps: it is found before PostgreSQL's own. */
const OWN_CLOCK = [
  `CREATE TABLE public.chaos_clock (ahead interval NOT NULL)`,
  `INSERT INTO public.chaos_clock VALUES ('0')`,
  `GRANT SELECT ON public.chaos_clock TO PUBLIC`,
  `CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE AS
     'SELECT pg_catalog.now() + (SELECT ahead FROM public.chaos_clock)'`,
];

/** A PostgreSQL that keeps what it has committed, and that can be stopped, crashed and started again. */
export class ChaosDatabase {
  private server: EmbeddedPostgres | undefined;
  private pool: pg.Pool | undefined;

  private constructor(private readonly home: string) {}

  static async start(home: string): Promise<ChaosDatabase> {
    // Root starts the server as another user, who must reach it.
    await chmod(home, 0o755);
    const database = new ChaosDatabase(home);
    await database.up();
    await database.prepare();
    return database;
  }

  /** Past row-level security and past the triggers' owner: who judges, and who lets time pass. */
  get adminUrl(): string {
    return this.server!.adminUrl.replace(/\/postgres$/, `/${DATABASE}`);
  }

  get appUrl(): string {
    return this.adminUrl.replace(/\/\/[^@]+@/, `//${LOGIN}@`);
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.pool!.query(sql, parameters)).rows as Row[];
  }

  /** Every connection is cut in order; nobody is let in until it is there again. */
  async restart(): Promise<void> {
    await this.server!.stop();
    await this.up();
  }

  /** SIGQUIT: the server drops everything as it stands, and recovers from its log. */
  async crash(): Promise<void> {
    const ended = new Promise<unknown>((resolve) => this.server!.onExit(resolve));
    process.kill(this.postmasterPid(), 'SIGQUIT');
    await ended;
    await this.restart();
  }

  /** Cuts every connection of the platform, whatever it is doing. */
  async cutConnections(): Promise<void> {
    await this.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND datname = $2`,
      [LOGIN.split(':')[0], DATABASE],
    );
  }

  async stop(): Promise<void> {
    await this.pool?.end();
    await this.server?.stop();
  }

  private async up(): Promise<void> {
    this.server = await startEmbeddedPostgres({
      dataDir: join(this.home, 'postgres'),
      settings: { max_connections: '200' },
    });
    // The port is kept, unless somebody took it within the moment.
    if (this.pool && this.pool.options.connectionString === this.adminUrl) return;
    await this.pool?.end();
    this.pool = new pg.Pool({ connectionString: this.adminUrl, max: 4 });
    // Connections are cut on purpose here.
    this.pool.on('error', () => undefined);
  }

  private async prepare(): Promise<void> {
    const postgres = new pg.Client(this.server!.adminUrl);
    await postgres.connect();
    await postgres.query(`CREATE DATABASE ${DATABASE}`);
    await postgres.query(`ALTER DATABASE ${DATABASE} SET search_path = public, pg_catalog`);
    await postgres.end();
    for (const statement of OWN_CLOCK) await this.rows(statement);
    await migrateDatabase({ ownerUrl: this.adminUrl, appUrl: this.appUrl });
  }

  private postmasterPid(): number {
    return Number(readFileSync(join(this.home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }
}

/** The database may just be away: asked again until it answers. */
export async function patiently<T>(ask: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}
