import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ResealSecrets } from '../../../src/payments/accounts/reseal-secrets.js';
import { SealedFields } from '../../../src/payments/accounts/sealed-fields.js';
import type { SecretKey } from '../../../src/platform/crypto/key-ring.js';
import { SecretBox } from '../../../src/platform/crypto/secret-box.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney } from '../../support/connect.js';
import { givenAssociation, someSlug, type GivenAssociation } from '../../support/factories.js';

const root = join(import.meta.dirname, '../../..');
const k2: SecretKey = { id: 'k2', key: randomBytes(32) };
const k3: SecretKey = { id: 'k3', key: randomBytes(32) };
const API_KEY = 'test_keyThatIsSealedAnew';

let app: TestApp;
let books: Books;
let withKey: GivenAssociation;
let withConsent: GivenAssociation;
let old: SecretKey;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  [old] = app.config.secretsKeys as [SecretKey];
  withKey = await givenAssociation(app);
  withConsent = await givenAssociation(app);
  await new ConnectJourney(app, withKey).ask('PUT', '/api-key', { apiKey: API_KEY });
  await new ConnectJourney(app, withConsent).connect(someSlug('Les Lilas'));
});
afterAll(async () => {
  await books.close();
  await app.close();
});

function reseal(...ring: SecretKey[]) {
  const box = new SecretBox(ring);
  return new ResealSecrets(app.get(UnitOfWork), new SealedFields(box), box).run();
}

const sealed = async () =>
  (
    await books.rows<{ text: string }>(
      `SELECT unnest(array_remove(ARRAY[sealed_secret, sealed_access], NULL)) AS text FROM provider_accounts`,
    )
  ).map(({ text }) => text);
const keysUsed = async () => [...new Set((await sealed()).map((text) => text.split('.')[1]))].sort();

function rotateByCommand(...ring: SecretKey[]): Promise<{ code: number; out: string; err: string }> {
  const argv = [
    '--import',
    join(root, 'test/support/typescript.mjs'),
    join(root, 'src/cli.ts'),
    'secrets:rotate',
  ];
  const SECRETS_KEYS = ring.map(({ id, key }) => `${id}:${key.toString('base64')}`).join();
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: app.database.appUrl,
    SECRETS_KEYS,
    LOG_LEVEL: 'silent',
  };
  return new Promise((resolve) =>
    execFile(process.execPath, argv, { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

describe('a new key', () => {
  it('seals everything anew, once; the old one is then needed no more', async () => {
    expect(await reseal(k2, old)).toEqual({ key: 'k2', resealed: 3, left: 0 });
    expect(await keysUsed()).toEqual(['k2']);
    expect(await reseal(k2)).toEqual({ key: 'k2', resealed: 0, left: 0 });
    const [row] = await books.rows<{ id: string; secret: string }>(
      `SELECT id, sealed_secret AS secret FROM provider_accounts WHERE association_id = $1`,
      [withKey.associationId],
    );
    const whose = { associationId: withKey.associationId, id: row!.id };
    const opened = new SealedFields(new SecretBox([k2])).open(whose, 'sealedSecret', row!.secret);
    expect(opened).toBe(API_KEY);
  });

  it('is not held up by a secret that does not open: the others are sealed, and it is counted', async () => {
    const [before] = await books.rows<{ secret: string }>(
      `SELECT sealed_secret AS secret FROM provider_accounts WHERE association_id = $1`,
      [withKey.associationId],
    );
    await books.rows(
      `UPDATE provider_accounts SET sealed_secret = left(sealed_secret, -2) || 'AA' WHERE association_id = $1`,
      [withKey.associationId],
    );
    expect(await reseal(k3, k2)).toEqual({ key: 'k3', resealed: 2, left: 1 });
    expect(await keysUsed()).toEqual(['k2', 'k3']);
    await books.rows(`UPDATE provider_accounts SET sealed_secret = $2 WHERE association_id = $1`, [
      withKey.associationId,
      before!.secret,
    ]);
    expect(await reseal(k3, k2)).toEqual({ key: 'k3', resealed: 1, left: 0 });
  });

  it('must be there: without any a command changes nothing', async () => {
    expect(await rotateByCommand()).toMatchObject({ code: 1, err: 'SECRETS_KEYS: is missing\n' });
  });

  it('is brought by a command, which says what is left when an old key is missing', async () => {
    const missing = await rotateByCommand(k2);
    expect(missing).toMatchObject({
      code: 1,
      err: expect.stringContaining('Still sealed with other keys: 2 account(s)'),
    });
    expect(await rotateByCommand(k2, k3)).toMatchObject({
      code: 0,
      out: 'Sealed anew with the key "k2": 3. The other keys are no longer needed.\n',
    });
    expect(await keysUsed()).toEqual(['k2']);
  });
});
