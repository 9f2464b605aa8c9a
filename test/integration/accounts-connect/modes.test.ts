import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { KeepAccount } from '../../../src/payments/accounts/keep-account.js';
import { SealedFields } from '../../../src/payments/accounts/sealed-fields.js';
import type { ProviderMode } from '../../../src/payments/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { givenAssociation, givenForm, type GivenAssociation } from '../../support/factories.js';
import { call } from '../../support/http-client.js';

const BANNER = 'aucun argent réel ne circule';

/** Mollie itself, which nobody calls here. */
const mollieApiUrl = 'https://api.mollie.com/v2/';
const installations: TestApp[] = [];
let live: TestApp;
let keyless: TestApp;
let sandboxed: TestApp;
beforeAll(async () => {
  live = await startTestApp({ mollieApiUrl, apiKey: 'live_keyOfTheTests' });
  installations.push(live);
  keyless = await startTestApp({ mollieApiUrl, apiKey: null });
  installations.push(keyless);
  sandboxed = await startTestApp();
  installations.push(sandboxed);
});
afterAll(async () => {
  for (const app of installations) await app.close();
});

/** As it is kept once Mollie has answered. */
async function bring(app: TestApp, { associationId }: GivenAssociation, mode: ProviderMode): Promise<void> {
  const whose = { associationId, id: newId() };
  await app.get(UnitOfWork).inTenant(associationId, () =>
    app.get(KeepAccount).insert({
      ...whose,
      kind: 'api_key',
      mode,
      profileId: 'pfl_1',
      sealedSecret: app.get(SealedFields).seal(whose, 'sealedSecret', `${mode}_keyOfTheirs`),
      connectedBy: 'test',
    }),
  );
}

async function pageOf(app: TestApp, mode: ProviderMode | null): Promise<string> {
  const association = await givenAssociation(app);
  const form = await givenForm(app, association);
  if (mode !== null) await bring(app, association, mode);
  return (await call(app, form.path, { headers: { 'accept-language': 'fr' } })).text;
}

describe('the gift page says that no real money moves', () => {
  it('for an association in test mode, on an installation of real money', async () => {
    expect(await pageOf(live, 'test')).toContain(BANNER);
    expect(await pageOf(live, null)).not.toContain(BANNER);
    expect(await pageOf(live, 'live')).not.toContain(BANNER);
  });

  it('for an association in test mode, where each brings its own account', async () => {
    expect(await pageOf(keyless, 'test')).toContain(BANNER);
    expect(await pageOf(keyless, 'live')).not.toContain(BANNER);
  });

  it('always in the sandbox, whatever an account calls itself', async () => {
    expect(await pageOf(sandboxed, 'live')).toContain(BANNER);
  });
});
