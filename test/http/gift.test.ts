import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { givenAssociation, givenForm, givenGift, payAtSandbox, untilReceipt } from '../support/factories.js';

describe('a gift over HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('is made, paid and has its receipt', async () => {
    const form = await givenForm(app, await givenAssociation(app));
    const gift = await givenGift(app, form);
    expect(gift.status).toBe('pending');
    await payAtSandbox(gift.checkoutUrl);
    expect(await untilReceipt(gift.statusUrl)).toMatchObject({ id: gift.id, status: 'paid' });
  });
});
