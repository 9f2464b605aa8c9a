import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readSettings } from './settings.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://dons.example.org',
  DATABASE_URL: 'postgres://web:secret@db/obole',
  SMTP_URL: 'smtps://mail.example.org',
  MOLLIE_API_KEY: 'live_0123456789',
  MAIL_FROM: 'dons@example.org',
  SECRETS_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
};
const APP = { MOLLIE_CLIENT_ID: 'app_j9Pakf56', MOLLIE_CLIENT_SECRET: 'S5lvvfaOPiodrkAb' };

function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults;
  }
}

describe('the settings', () => {
  it('all have a default while developing', () => {
    expect(readSettings({})).toMatchObject({ NODE_ENV: 'development', ROLE: 'all', PORT: 3000 });
  });

  it('that are empty count as absent, as docker compose passes them', () => {
    expect(readSettings({ PORT: '', SMTP_URL: '', LOG_LEVEL: '' })).toEqual(readSettings({}));
  });

  it('of others do not disturb', () => {
    expect(readSettings({ PATH: '/bin', HOME: '/root' })).toEqual(readSettings({}));
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', 'three thousand'],
    ['PORT', '-1'],
    ['ROLE', 'boss'],
    ['NODE_ENV', 'prod'],
    ['PUBLIC_URL', 'dons.example.org'],
    ['PUBLIC_URL', 'ftp://dons.example.org'],
    ['DATABASE_URL', 'mysql://db/obole'],
    ['DATABASE_POOL_SIZE', '0'],
    ['REDIS_URL', 'http://redis'],
    ['JOB_CONCURRENCY', '65'],
    ['JOB_LEASE_MS', '10'],
    ['SMTP_URL', 'mail.example.org'],
    ['MAIL_FROM', 'Les Amis <dons@example.org>'],
    ['MOLLIE_API_KEY', 'secret'],
    ['MOLLIE_API_KEY', 'live_short'],
    ['MOLLIE_API_URL', 'http://api.mollie.com/v2/'],
    ['MOLLIE_TIMEOUT_MS', '15s'],
    ['MOLLIE_AUTHORIZE_URL', 'my.mollie.com'],
    ['SECRETS_KEYS', 'hunter2'],
    ['SECRETS_KEYS', 'k1:c2hvcnQ='],
    ['TRUST_PROXY', 'true'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_TOKEN', 'short'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: .+`))]);
  });

  it('tell every fault at once, and where to read on', () => {
    const env = { PORT: 'x', ROLE: 'boss', REDIS_URL: 'x' };
    expect(faultsOf(env).map((fault) => fault.split(':')[0])).toEqual(['ROLE', 'PORT', 'REDIS_URL']);
    expect(() => readSettings(env)).toThrow(/- PORT: [\s\S]*See \.env\.example/);
  });

  it('never show the value of a secret in a fault', () => {
    const message = faultsOf({ MOLLIE_API_KEY: 'hunter2-key', DATABASE_URL: 'hunter2-url' }).join();
    expect(message).not.toContain('hunter2');
  });

  it.each(['PUBLIC_URL', 'DATABASE_URL', 'SMTP_URL', 'MOLLIE_API_KEY', 'MAIL_FROM', 'SECRETS_KEYS'])(
    'in production %s must be said',
    (name) => {
      const expected = [expect.stringMatching(new RegExp(`^${name}: is missing`))];
      expect(faultsOf({ ...PRODUCTION, [name]: undefined })).toEqual(expected);
      expect(faultsOf({ ...PRODUCTION, [name]: '' })).toEqual(expected);
    },
  );

  it('in production an app of Mollie does instead of a key: associations then bring their own accounts', () => {
    expect(faultsOf({ ...PRODUCTION, ...APP, MOLLIE_API_KEY: '' })).toEqual([]);
  });

  it('an app of Mollie has an id and a secret, or is none', () => {
    expect(faultsOf({ MOLLIE_CLIENT_ID: APP.MOLLIE_CLIENT_ID })).toEqual([
      expect.stringMatching(/^MOLLIE_CLIENT_SECRET: is missing/),
    ]);
    expect(faultsOf({ MOLLIE_CLIENT_SECRET: APP.MOLLIE_CLIENT_SECRET })).toEqual([
      expect.stringMatching(/^MOLLIE_CLIENT_ID: is missing/),
    ]);
    expect(faultsOf({ ...APP, MOLLIE_CLIENT_ID: 'j9Pakf56' })).toEqual([
      expect.stringMatching(/^MOLLIE_CLIENT_ID: must start with app_/),
    ]);
  });

  it('the key that docker-compose.yml shows to everybody seals nothing of a real account', () => {
    const SECRETS_KEYS = 'local:bG9jYWwga2V5IG9mIGRvY2tlci1jb21wb3NlLnltbCE=';
    const refusal = [expect.stringMatching(/^SECRETS_KEYS: .*everybody knows/)];
    expect(faultsOf({ ...PRODUCTION, SECRETS_KEYS })).toEqual(refusal);
    expect(faultsOf({ ...PRODUCTION, ...APP, MOLLIE_API_KEY: 'test_0123456789', SECRETS_KEYS })).toEqual(
      refusal,
    );
    expect(faultsOf({ ...PRODUCTION, MOLLIE_API_KEY: 'test_0123456789', SECRETS_KEYS })).toEqual([]);
  });

  it('in production Redis is needed as soon as web and worker are apart', () => {
    expect(faultsOf(PRODUCTION)).toEqual([]);
    for (const ROLE of ['web', 'worker']) {
      expect(faultsOf({ ...PRODUCTION, ROLE })).toEqual([expect.stringMatching(/^REDIS_URL: is missing/)]);
      expect(faultsOf({ ...PRODUCTION, ROLE, REDIS_URL: 'redis://redis' })).toEqual([]);
    }
  });
});
