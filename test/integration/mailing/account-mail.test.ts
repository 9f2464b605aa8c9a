import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { AccountDisconnected } from '../../../src/payments/accounts/accounts.events.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { DomainEvents } from '../../../src/platform/events/domain-events.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { givenAssociation } from '../../support/factories.js';
import { plainSpaces } from '../../support/pdf-text.js';

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await startTestApp({ role: 'web' });
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

it('an association whose connection ended is told once, and what to do', async () => {
  const { associationId } = await givenAssociation(app);
  const ended = { associationId, accountId: newId() };
  for (let time = 0; time < 2; time += 1) {
    await app
      .get(UnitOfWork)
      .inTenant(associationId, () => app.get(DomainEvents).publish(AccountDisconnected, ended));
  }
  const mails = await books.mails();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ recipient: 'bonjour@lilas.example' });
  expect(plainSpaces(mails[0]!.subject)).toBe('Votre compte Mollie n’est plus relié – Les Lilas du canal');
  expect(plainSpaces(mails[0]!.text)).toContain('Que faire Une personne responsable de l’association relie');
});
