import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney, OrganizationControl } from '../../support/connect.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  givenGift,
  postGift,
  someSlug,
} from '../../support/factories.js';
import { OboleProcess } from '../../support/obole-process.js';

let home: TestApp;
let app: OboleProcess;
beforeAll(async () => {
  home = await startTestApp({ role: 'web' });
  app = await OboleProcess.start(home, {
    entry: 'main',
    role: 'all',
    settings: { LOG_LEVEL: 'trace', PUBLIC_URL: '' },
  });
});
afterAll(async () => {
  await app.stop();
  await home.close();
});

it('neither the log nor the database holds a key, a token, a code or a state in clear', async () => {
  const association = await givenAssociation(home);
  const form = await givenForm(home, association);
  const there = { ...home, url: app.url };
  const journey = new ConnectJourney(there, association);
  const name = someSlug('Les Lilas');
  const organization = new OrganizationControl(home, name);
  const apiKey = 'test_hunter2hunter2hunter2';
  await journey.ask('PUT', '/api-key', { apiKey: 'live_hunter2hunter2hunter2' });
  await journey.ask('PUT', '/api-key', { apiKey });
  const begun = await journey.begin();
  const back = await journey.consent(begun, name);
  await disturbSandbox(home, { failNext: { times: 9, status: 503 } });
  expect((await journey.arrive(back)).status).toBe(200);
  await disturbSandbox(home, {});
  const second = await journey.consent(await journey.begin(), name);
  expect((await journey.arrive(second)).text).toContain('est relié');
  await givenGift(there, form);
  // A refresh that works, one that fails, and the end of the consent.
  await organization.expireTokens();
  await givenGift(there, form);
  await organization.revoke();
  await postGift(there, form);

  const log = app.said();
  expect(log).toContain('"route":"/mollie/callback"');
  expect(log).toContain('an association’s consent was taken back at Mollie');
  const values = [back, second].flatMap((url) => [...new URL(url).searchParams.values()]);
  expect(values).toHaveLength(4);
  const secrets = [...values, 'hunter2', 'access_', 'refresh_', 'secretOfTheTestsApp'];
  const books = new Books(home);
  try {
    const tables = [
      'provider_accounts',
      'provider_consents',
      'journal_entries',
      'outbox',
      'payments',
      'idempotency_records',
    ];
    const rows = tables.map((table) => `SELECT ${table}::text AS line FROM ${table}`).join(' UNION ALL ');
    for (const secret of secrets) {
      const lines = log.split('\n').filter((line) => line.includes(secret));
      expect({ secret, lines }).toEqual({ secret, lines: [] });
      const stored = await books.rows(`SELECT line FROM (${rows}) AS all_rows WHERE strpos(line, $1) > 0`, [
        secret,
      ]);
      expect({ secret, stored }).toEqual({ secret, stored: [] });
    }
  } finally {
    await books.close();
  }
});
