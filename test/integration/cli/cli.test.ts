import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../../support/app.js';
import { createEmptyDatabase } from '../../support/database.js';
import { givenAssociation } from '../../support/factories.js';
import { call } from '../../support/http-client.js';

const root = join(import.meta.dirname, '../../..');
const elsewhere = mkdtempSync(join(tmpdir(), 'obole-cli-'));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  rmSync(elsewhere, { recursive: true });
});

interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** `npm run obole -- <args>` with nothing in its environment but these settings. */
function obole(args: string[], settings: Record<string, string> = {}): Promise<Outcome> {
  const argv = ['--import', join(root, 'test/support/typescript.mjs'), join(root, 'src/cli.ts'), ...args];
  const env = { PATH: process.env.PATH, VAR_DIR: elsewhere, ...settings };
  return new Promise((resolve) =>
    execFile(process.execPath, argv, { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

const here = () => ({ DATABASE_URL: app.database.appUrl });
const tokenIn = ({ out }: Outcome) => /^obole_[\w-]+$/m.exec(out)?.[0];

async function asOwner(work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client(app.database.ownerUrl);
  await owner.connect();
  await work(owner).finally(() => owner.end());
}

function newAssociation(overrides: Record<string, string | undefined> = {}): string[] {
  const options: Record<string, string | undefined> = {
    name: 'Les Amis du lac',
    slug: 'amis-du-lac',
    email: 'tresorier@example.org',
    purpose: 'Protéger le lac',
    street: '1 quai du Lac',
    'postal-code': '74000',
    city: 'Annecy',
    rna: 'W741234567',
    ...overrides,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return ['association:create', ...given.map(([name, value]) => `--${name}=${value}`)];
}

describe('the command line', () => {
  it('makes an association, and the key that it prints is its owner’s', async () => {
    const made = await obole(
      newAssociation({
        category: 'public_utility',
        'decree-on': '1985-03-12',
        'journal-on': '1985-03-15',
        regime: 'general',
        'regime-from': '2020-01-01',
        signatory: 'Jeanne Roux',
        'signatory-role': 'Trésorière',
      }),
      here(),
    );
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    const key = tokenIn(made);
    expect((await call(app, '/v1/association', { key })).json).toMatchObject({
      name: 'Les Amis du lac',
      legalCategory: { code: 'public_utility', details: { decreeOn: '1985-03-12' } },
      receipts: { eligible: true },
    });
    expect((await call(app, '/v1/api-keys', { key })).status).toBe(200);
  });

  it('refuses an address that is taken', async () => {
    const { slug } = await givenAssociation(app);
    expect(await obole(newAssociation({ slug }), here())).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('this address'),
    });
  });

  it('names every option that is missing or wrong, at once', async () => {
    const { code, err } = await obole(
      newAssociation({
        slug: 'v1',
        email: undefined,
        rna: 'W1',
        category: 'public_utility',
        regime: 'general',
        signatory: 'Jeanne Roux',
      }),
      here(),
    );
    expect(code).toBe(1);
    const named = err.split('\n').map((line) => line.split(':')[0]);
    expect(named).toEqual(
      expect.arrayContaining([
        ...['--slug', '--email', '--rna, --siren or --court-register', '--decree-on', '--journal-on'],
        ...['--regime-from', '--signatory-role'],
      ]),
    );
  });

  it('makes a further key of the role asked for, and of no other', async () => {
    const { slug } = await givenAssociation(app);
    const make = (...args: string[]) =>
      obole(['api-key:create', '--association', slug, '--name', 'Site', ...args], here());
    const key = tokenIn(await make('--role', 'reader'));
    expect((await call(app, '/v1/association', { key })).status).toBe(200);
    expect((await call(app, '/v1/api-keys', { key })).status).toBe(403);
    expect(await make('--role', 'king')).toMatchObject({ code: 1, err: expect.stringMatching(/^--role: /) });
    expect(
      await obole(['api-key:create', '--association=none', '--name=x', '--role=reader'], here()),
    ).toEqual({ code: 1, out: '', err: 'There is no such association.\n' });
  });

  it('brings an empty database to the newest schema, twice without harm', async () => {
    const empty = await createEmptyDatabase();
    try {
      const settings = { DATABASE_URL: empty.appUrl };
      expect((await obole(newAssociation(), settings)).err).toMatch(/^The database has no tables yet/);
      for (const attempt of [1, 2]) {
        const done = await obole(['migrate'], { ...settings, DATABASE_OWNER_URL: empty.ownerUrl });
        expect({ attempt, ...done }).toMatchObject({ attempt, code: 0, err: '' });
      }
      expect(tokenIn(await obole(newAssociation(), settings))).toBeDefined();
    } finally {
      await empty.drop();
    }
  });

  it.each([
    ['an unknown command', ['associations'], {}, /^There is no command "associations"/],
    ['an unknown option', ['migrate', '--force'], {}, /^Unknown option '--force'/],
    ['a missing owner', ['migrate'], {}, /^DATABASE_OWNER_URL: is missing/],
    ['no database at all', newAssociation(), {}, /^DATABASE_URL: is missing/],
    [
      'a database that does not answer',
      newAssociation(),
      { DATABASE_URL: 'postgres://obole:secret@127.0.0.1:1/obole' },
      /^DATABASE_URL: the database at 127\.0\.0\.1:1\/obole does not let us in/,
    ],
  ])('says %s in one line, without a stack or a password', async (_what, args, settings, says) => {
    const { code, out, err } = await obole(args, settings as Record<string, string>);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(says);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toContain('secret');
  });

  it('explains itself', async () => {
    for (const args of [[], ['--help']]) {
      expect(await obole(args)).toMatchObject({
        code: 0,
        out: expect.stringContaining('association:create'),
      });
    }
  });

  it('shows what was given up, and makes it due again', async () => {
    await asOwner(async (owner) => {
      const { rows } = await owner.query(
        `INSERT INTO outbox (id, job, queue, payload, attempts, died_at, last_error)
         VALUES (gen_random_uuid(), 'payments.sweep', 'parked', '{}', 3, now(), 'the provider was away') RETURNING id`,
      );
      const { id } = rows[0];
      const dead = await obole(['jobs:dead'], here());
      expect(dead.err + dead.out).toMatch(
        new RegExp(`${id}  payments.sweep  given up .* after 3 attempts: the provider was away`),
      );
      expect(await obole(['jobs:revive', '--id', id], here())).toMatchObject({
        code: 0,
        out: 'Due again: 1.\n',
      });
      const { rows: after } = await owner.query(`SELECT attempts, died_at FROM outbox WHERE id = $1`, [id]);
      expect(after).toEqual([{ attempts: 0, died_at: null }]);
      expect((await obole(['jobs:dead'], here())).out).toBe('No job was given up.\n');
      expect(await obole(['jobs:revive', '--id', id], here())).toMatchObject({
        code: 1,
        err: 'No dead job was found.\n',
      });
      expect(await obole(['jobs:revive', '--id', 'x'], here())).toMatchObject({ code: 1 });
      expect(await obole(['jobs:forget', '--id', id], here())).toMatchObject({ code: 1 });
      await owner.query(`UPDATE outbox SET died_at = now() WHERE id = $1`, [id]);
      expect(await obole(['jobs:forget', '--id', id], here())).toMatchObject({
        code: 0,
        out: 'Forgotten.\n',
      });
      const { rowCount } = await owner.query(`SELECT FROM outbox WHERE id = $1`, [id]);
      expect(rowCount).toBe(0);
    });
  });
});
