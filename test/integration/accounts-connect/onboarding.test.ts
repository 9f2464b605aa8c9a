import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckAccountsHandler } from '../../../src/payments/accounts/check-accounts.handler.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney, OrganizationControl } from '../../support/connect.js';
import { eventually, givenAssociation, someSlug, type GivenAssociation } from '../../support/factories.js';

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

describe('how Mollie’s check of an association goes on', () => {
  let association: GivenAssociation;
  let journey: ConnectJourney;
  let organization: OrganizationControl;
  beforeEach(async () => {
    association = await givenAssociation(app);
    journey = new ConnectJourney(app, association);
    const name = someSlug('Les Lilas');
    organization = new OrganizationControl(app, name);
    await journey.connect(name);
  });
  const lookedAt = (ago: string) =>
    books.rows(`UPDATE provider_accounts SET checked_at = now() - $2::interval WHERE association_id = $1`, [
      association.associationId,
      ago,
    ]);
  const onboarding = async () => (await journey.show()).onboarding as Record<string, unknown>;
  const look = () => app.get(CheckAccountsHandler).run();

  it('is asked again every six hours while it goes on, and shown with where to finish it', async () => {
    await organization.setOnboarding('in-review');
    await lookedAt('25 hours');
    await look();
    await eventually(async () => (await onboarding()).status === 'in-review');
    expect(await onboarding()).toMatchObject({
      canReceivePayments: false,
      canReceiveSettlements: false,
      dashboardUrl: expect.stringMatching(/^http/),
    });
    await organization.setOnboarding('completed');
    await lookedAt('5 hours');
    await look();
    expect(await onboarding()).toMatchObject({ status: 'in-review' });
    await lookedAt('7 hours');
    await look();
    await eventually(async () => (await onboarding()).status === 'completed');
    expect(await onboarding()).toMatchObject({ canReceivePayments: true });
  });

  it('is asked once a day when it is completed: it may be withdrawn', async () => {
    await organization.setOnboarding('needs-data');
    await lookedAt('23 hours');
    await look();
    expect(await onboarding()).toMatchObject({ status: 'completed' });
    await lookedAt('25 hours');
    await look();
    await eventually(async () => (await onboarding()).status === 'needs-data');
  });

  it('finds a token that expired meanwhile, and refreshes it', async () => {
    await organization.expireTokens();
    await organization.setOnboarding('in-review');
    await lookedAt('25 hours');
    await look();
    await eventually(async () => (await onboarding()).status === 'in-review');
    expect(await organization.refreshes()).toBe(1);
  });

  it('finds a consent that was taken back, though no gift was made meanwhile', async () => {
    await organization.revoke();
    await lookedAt('25 hours');
    await look();
    await eventually(async () => (await journey.show()).status === 'disconnected');
    const jobs = `outbox WHERE job = 'payments.check-account' AND payload->>'associationId' = $1`;
    await eventually(
      async () => (await books.count(jobs, [association.associationId])) === 0,
      'the job ends',
    );
    // Nothing is left to ask about.
    await lookedAt('25 hours');
    await look();
    expect(await books.count(jobs, [association.associationId])).toBe(0);
  });
});
