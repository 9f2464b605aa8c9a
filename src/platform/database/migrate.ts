import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

/** Privileges are granted to this role; every login that the application uses is a member of it. It owns nothing. */
export const APP_ROLE = 'obole_app';

export interface MigrateOptions {
  /** A role that may create tables and roles. */
  ownerUrl: string;
  /** The application's login; created with this password if it does not exist. */
  appUrl: string;
}

/** Brings a database to the newest schema. Safe to call by several processes at once, and twice. */
export async function migrateDatabase({ ownerUrl, appUrl }: MigrateOptions): Promise<void> {
  const lock = new pg.Client({ connectionString: ownerUrl });
  await lock.connect();
  try {
    await lock.query(`SELECT pg_advisory_lock(hashtext('obole.migrate'))`);
    await ensureRoles(lock, new URL(appUrl));
    const dataSource = new DataSource({
      type: 'postgres',
      url: ownerUrl,
      migrations,
      migrationsTransactionMode: 'each',
    });
    await dataSource.initialize();
    try {
      await dataSource.runMigrations();
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
}

async function ensureRoles(client: pg.Client, app: URL): Promise<void> {
  const login = decodeURIComponent(app.username);
  const password = decodeURIComponent(app.password);
  await createRole(client, APP_ROLE, 'NOLOGIN');
  if (login === '') throw new Error('DATABASE_URL names no user.');
  await createRole(client, login, `LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  const member = await client.query('SELECT pg_has_role($1, $2, $3) AS member', [login, APP_ROLE, 'MEMBER']);
  if (!member.rows[0].member) await client.query(`GRANT ${APP_ROLE} TO ${client.escapeIdentifier(login)}`);
}

/** Roles belong to the whole server: another database's migration may create the same one in the same instant. */
async function createRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`CREATE ROLE ${client.escapeIdentifier(name)} ${attributes}`);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code !== '42710' && code !== '23505') throw error;
  }
}
