import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  giftBody,
  payAtSandbox,
  postGift,
  untilReceipt,
  type GivenForm,
  type MadeGift,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { OboleProcess } from '../support/obole-process.js';

/** Nobody else is called like this: each word that turns up in a log is a leak. */
const PERSON = {
  kind: 'individual',
  firstName: 'Zéphyrine',
  lastName: 'Quincampoix-Ndiaye',
  email: 'zephyrine.q@quincampoix.example',
  address: { line1: '17 impasse des Hirondelles', postalCode: '29123', city: 'Plouzévédé', country: 'FR' },
};
const SECRETS = [
  ...['Zéphyrine', 'Zephyrine', 'Quincampoix', 'quincampoix'],
  ...['Hirondelles', 'Plouz', '29123', 'Pour Lucette', 'Mamie Zéphy'],
];

describe('the log of a whole gift, with everything that goes wrong on the way', () => {
  let home: TestApp;
  let app: OboleProcess;
  let form: GivenForm;
  beforeAll(async () => {
    home = await startTestApp({ role: 'web' });
    form = await givenForm(home, await givenAssociation(home));
    app = await OboleProcess.start(home, {
      entry: 'main',
      role: 'all',
      // Nobody listens there: mails fail.
      smtpUrl: 'smtp://127.0.0.1:9',
      settings: { LOG_LEVEL: 'trace', PUBLIC_URL: '' },
    });
  });
  afterAll(async () => {
    await app.stop();
    await home.close();
  });

  const body = (overrides: Record<string, unknown> = {}) =>
    giftBody({ donor: PERSON, message: 'Pour Lucette', displayName: 'Mamie Zéphy', ...overrides });
  const give = (overrides: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    postGift(app, form, body(overrides), headers);

  async function breakTheDonorsTable(): Promise<void> {
    const owner = new pg.Client(home.database.ownerUrl);
    await owner.connect();
    try {
      await owner.query(`ALTER TABLE donors ADD CONSTRAINT donors_nobody CHECK (false) NOT VALID`);
      expect((await give({ donor: { ...PERSON, firstName: 'Zéphyrine-Rose' } })).status).toBe(500);
    } finally {
      await owner.query('ALTER TABLE donors DROP CONSTRAINT donors_nobody');
      await owner.end();
    }
  }

  it('holds no name, no address, no message, no token and no key', async () => {
    // Refused input, a silent provider, an error that nobody foresaw; then the gift itself and a mail that fails.
    await give({ donor: { ...PERSON, email: 'zephyrine.q@quincampoix' } });
    await disturbSandbox(home, { failNext: { times: 3, status: 500 } });
    expect((await give({}, { 'idempotency-key': 'Quincampoix-1' })).status).toBe(503);
    await disturbSandbox(home, {});
    await breakTheDonorsTable();
    const made = await give({}, { 'idempotency-key': 'Quincampoix-1' });
    expect(made.status).toBe(201);
    const { checkoutUrl, statusUrl } = made.json as MadeGift;
    await payAtSandbox(checkoutUrl);
    await untilReceipt(statusUrl);
    const token = statusUrl.split('/').at(-1)!;
    await call(app, `/don/${token}?from=zephyrine.q@quincampoix.example`);
    await call(app, `/v1/donations?email=${PERSON.email}`, { key: `obole_${token}` });
    await eventually(() => app.said().includes('mailing.send'), 'the mail has failed');

    const log = app.said();
    expect(log).toContain('"route":"/don/:token"');
    expect(log).toContain('request failed');
    expect(log).toContain('donors_nobody');
    expect(log).toContain('mail_not_accepted');
    for (const secret of [...SECRETS, token, 'obole_A', home.config.mollie.apiKey!]) {
      expect({ secret, lines: log.split('\n').filter((line) => line.includes(secret)) }).toEqual({
        secret,
        lines: [],
      });
    }
  });

  it('is one JSON object a line, with the request’s id', async () => {
    const answer = await call(app, '/v1/donations');
    const id = answer.headers.get('x-request-id')!;
    const line = await eventually(
      () =>
        app
          .said()
          .split('\n')
          .find((text) => text.includes(id)),
      'it is logged',
    );
    expect(JSON.parse(line)).toMatchObject({
      requestId: id,
      method: 'GET',
      route: '/v1/donations',
      status: 401,
    });
  });
});
