import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { checkConfigured } from '../../../src/cli-integrity.js';
import { embeddedBoot } from '../../../src/embedded-boot.js';
import { readSettings } from '../../../src/platform/config/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const root = join(import.meta.dirname, '../../..');
const varDir = mkdtempSync(join(tmpdir(), 'obole-integrity-'));
// mkdtemp makes it private; the server's unprivileged user must pass when the tests run as root.
chmodSync(varDir, 0o755);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(varDir, { recursive: true, force: true });
});

/** `npm run integrity -- <args>` with nothing in its environment but these settings. */
function integrity(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const argv = ['--import', join(root, 'test/support/typescript.mjs'), join(root, 'src/cli.ts'), 'integrity'];
  const env = { PATH: process.env.PATH, DATABASE_URL: database.appUrl };
  return new Promise((resolve) =>
    execFile(process.execPath, [...argv, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

async function giveUpAJob(): Promise<void> {
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  await owner.query(
    `INSERT INTO outbox (id, job, queue, payload, attempts, died_at, last_error)
     VALUES ('018f0000-0000-7000-8000-00000000dead', 'mailing.send', 'mail', '{}', 8, now(), '550 camille@example.org is unknown')`,
  );
  await owner.end();
}

describe('the integrity command', () => {
  it('of a healthy database ends with 0, and names every check', async () => {
    const { code, out, err } = await integrity();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ok +ledger\.entries-balance +every ledger entry/m);
    expect(out.trim().split('\n').at(-1)).toMatch(/^clean: \d+ checks hold$/);
  });

  it('of a broken one ends with 1 and says what is wrong in one line of JSON, without personal data', async () => {
    await giveUpAJob();
    const { code, out } = await integrity('--json');
    expect([code, out.trim().split('\n').length]).toEqual([1, 1]);
    expect(JSON.parse(out)).toMatchObject({
      integrity: 'broken',
      broken: [
        { name: 'jobs.none-dead', count: 1, rows: [{ detail: 'mailing.send given up after 8 attempts' }] },
      ],
    });
    expect(out).not.toContain('camille');
  });

  it('works on the embedded database beside a running platform, and when none runs', async () => {
    const env = { VAR_DIR: varDir, PORT: '0' };
    await expect(checkConfigured(env)).rejects.toThrow(/^DATABASE_URL: is missing/);
    const boot = await embeddedBoot(readSettings(env), () => undefined);
    const beside = await checkConfigured(env);
    await boot.stop();
    expect(await checkConfigured(env)).toEqual(beside);
    expect(beside.filter(({ count }) => count > 0)).toEqual([]);
    // And it is stopped again.
    const again = await embeddedBoot(readSettings(env), () => undefined);
    await again.stop();
  });
});
