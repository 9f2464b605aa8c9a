import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readSettings } from './settings.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://dons.example.org',
  DATABASE_URL: 'postgres://web:secret@db/obole',
  SMTP_URL: 'smtps://mail.example.org',
  MOLLIE_API_KEY: 'live_0123456789',
  MAIL_FROM: 'dons@example.org',
};

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

  it.each(['PUBLIC_URL', 'DATABASE_URL', 'SMTP_URL', 'MOLLIE_API_KEY', 'MAIL_FROM'])(
    'in production %s must be said',
    (name) => {
      const expected = [expect.stringMatching(new RegExp(`^${name}: is missing`))];
      expect(faultsOf({ ...PRODUCTION, [name]: undefined })).toEqual(expected);
      expect(faultsOf({ ...PRODUCTION, [name]: '' })).toEqual(expected);
    },
  );

  it('in production Redis is needed as soon as web and worker are apart', () => {
    expect(faultsOf(PRODUCTION)).toEqual([]);
    for (const ROLE of ['web', 'worker']) {
      expect(faultsOf({ ...PRODUCTION, ROLE })).toEqual([expect.stringMatching(/^REDIS_URL: is missing/)]);
      expect(faultsOf({ ...PRODUCTION, ROLE, REDIS_URL: 'redis://redis' })).toEqual([]);
    }
  });
});
