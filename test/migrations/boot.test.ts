import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../support/app.js';
import { createEmptyDatabase, createTestDatabase, databaseAccess } from '../support/database.js';
import { OboleProcess } from '../support/obole-process.js';

/** The real program, and what it says to whoever started it. */
describe('the platform refuses to start', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'web' });
  });
  afterAll(() => app.close());

  async function refusal(settings: Record<string, string>): Promise<string> {
    const started = await OboleProcess.start(app, { entry: 'main', role: 'web', settings }).catch(
      (error: unknown) => error as Error,
    );
    if (started instanceof OboleProcess) {
      await started.stop();
      throw new Error('It started.');
    }
    expect(started.message).toContain('Obole cannot start.');
    expect(started.message).not.toMatch(/^\s+at /m);
    return started.message;
  }

  it('with the owner’s login, which row-level security does not bind', async () => {
    expect(await refusal({ DATABASE_URL: app.database.ownerUrl })).toMatch(
      /DATABASE_URL: this role .*owns tables.*login of its own \(obole migrate/s,
    );
  });

  it('with a superuser', async () => {
    const url = new URL(databaseAccess().adminUrl);
    url.pathname = `/${app.database.name}`;
    expect(await refusal({ DATABASE_URL: url.href })).toMatch(/DATABASE_URL: this role is a superuser/);
  });

  it('on a database without tables', async () => {
    const empty = await createEmptyDatabase();
    try {
      const said = await refusal({ DATABASE_URL: empty.appUrl });
      expect(said).toMatch(
        /DATABASE_URL: this database has no tables yet\. Run "npm run obole -- migrate" first/,
      );
    } finally {
      await empty.drop();
    }
  });

  it('on a database on which a migration did not run, or whose list of them cannot be read yet', async () => {
    const older = await createTestDatabase();
    const owner = new pg.Client(older.ownerUrl);
    await owner.connect();
    const advice = 'Run "npm run obole -- migrate" first';
    try {
      await owner.query(`DELETE FROM migrations WHERE name LIKE 'Ledger1%'`);
      expect(await refusal({ DATABASE_URL: older.appUrl })).toContain(`(Ledger1764000007000). ${advice}`);
      await owner.query('REVOKE SELECT ON migrations FROM obole_app');
      expect(await refusal({ DATABASE_URL: older.appUrl })).toContain('the first is Scopes1764000000000');
    } finally {
      await owner.end();
      await older.drop();
    }
  });

  it('with a password that is wrong, without showing it', async () => {
    const url = new URL(app.database.appUrl);
    url.password = 'hunter2';
    const said = await refusal({ DATABASE_URL: url.href });
    expect(said).toMatch(/DATABASE_URL: password authentication failed/);
    expect(said).not.toContain('hunter2');
  });

  it('with a database that is not there', async () => {
    const url = new URL(app.database.appUrl);
    url.pathname = '/nowhere';
    expect(await refusal({ DATABASE_URL: url.href })).toMatch(
      /DATABASE_URL: database "nowhere" does not exist/,
    );
  });

  it('in production with anything missing', async () => {
    const said = await refusal({
      NODE_ENV: 'production',
      DATABASE_URL: '',
      MOLLIE_API_KEY: '',
      MOLLIE_CLIENT_ID: '',
      MOLLIE_CLIENT_SECRET: '',
      SECRETS_KEYS: '',
    });
    for (const name of ['DATABASE_URL', 'MOLLIE_API_KEY', 'SMTP_URL', 'SECRETS_KEYS']) {
      expect(said).toContain(`${name}: is missing, and production falls back on nothing`);
    }
  });

  it('with a certificate file that is not there', async () => {
    expect(await refusal({ MOLLIE_CA_FILE: '/nowhere/ca.pem' })).toMatch(
      /MOLLIE_CA_FILE: \/nowhere\/ca\.pem cannot be read/,
    );
  });

  it('and starts with the login that owns nothing', async () => {
    const started = await OboleProcess.start(app, { entry: 'main', role: 'web' });
    await started.stop();
  });
});
