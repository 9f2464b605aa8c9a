import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../../src/platform/database/migrate.js';
import { startEmbeddedPostgres } from '../../../src/platform/embedded/index.js';

export interface BenchDatabase {
  /** The application's own login, under row-level security. */
  appUrl: string;
  /** A connection that is nobody's rows: for counting and clearing up between the slices. */
  admin: pg.Client;
  /**
   * What autovacuum does within a minute. Before it PostgreSQL takes the new tables for empty, and looks a row up by
   * whichever index begins with its association.
   */
  analyze(): Promise<unknown>;
  close(): Promise<void>;
}

/** A PostgreSQL of its own as `npm start` has it, fsync and all, in a directory that goes with it. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const home = await mkdtemp(join(tmpdir(), 'obole-bench-'));
  // Root starts the server as another user, who must reach it.
  await chmod(home, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: join(home, 'postgres') });
  const postgres = new pg.Client(server.adminUrl);
  await postgres.connect();
  await postgres.query('CREATE DATABASE bench');
  await postgres.end();
  const ownerUrl = server.adminUrl.replace(/\/postgres$/, '/bench');
  const appUrl = ownerUrl.replace(/\/\/[^@]+@/, '//bench_app:bench@');
  await migrateDatabase({ ownerUrl, appUrl });
  const admin = new pg.Client(ownerUrl);
  await admin.connect();
  return {
    appUrl,
    admin,
    analyze: () => admin.query('VACUUM ANALYZE'),
    close: async () => {
      await admin.end();
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
