import { randomBytes } from 'node:crypto';
import { CreateApiKey } from '../../src/accounts/index.js';
import { CreateAssociation, type NewAssociation } from '../../src/associations/index.js';
import { CreateForm, MoveForm, type NewForm } from '../../src/forms/index.js';
import { publicId } from '../../src/kernel/ids.js';
import { ROLES, type Role } from '../../src/platform/http/access.js';
import type { TestApp } from './app.js';
import { eventually } from './eventually.js';
import { call, type Answer } from './http-client.js';

export { eventually };

const ACTOR = 'test';

export interface GivenAssociation {
  associationId: string;
  slug: string;
  /** One API key of each role. */
  keys: Record<Role, string>;
}

export interface GivenForm {
  /** "form_…", as the API knows it. */
  id: string;
  slug: string;
  /** "/les-lilas/soutien": the gift page. */
  path: string;
  /** "/v1/associations/…/donations": where programs give. */
  donationsPath: string;
}

/** Unique, so that several stand side by side in one database. */
export function someSlug(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`;
}

/** An association that may issue receipts, with keys. */
export async function givenAssociation(
  app: TestApp,
  overrides: Partial<NewAssociation> = {},
): Promise<GivenAssociation> {
  const input: NewAssociation = {
    name: 'Les Lilas du canal',
    slug: someSlug('les-lilas'),
    registration: { type: 'rna', number: 'W751234567' },
    address: { line1: '3 quai de Valmy', postalCode: '75010', city: 'Paris', country: 'FR' },
    purpose: 'Planter et soigner les berges du canal avec celles et ceux qui y vivent.',
    legalCategory: { code: 'general_interest.association_1901' },
    fiscalRegime: { regime: 'general', from: '2020-01-01' },
    signatory: { name: 'Nadia Benali', role: 'Présidente' },
    contactEmail: 'bonjour@lilas.example',
    ...overrides,
  };
  const associationId = await app.get(CreateAssociation).run(input, ACTOR);
  const keys = {} as Record<Role, string>;
  for (const role of ROLES) {
    keys[role] = (await app.get(CreateApiKey).run(associationId, { name: role, role }, ACTOR)).token;
  }
  return { associationId, slug: input.slug, keys };
}

/** A published form that takes any amount. */
export async function givenForm(
  app: TestApp,
  association: GivenAssociation,
  overrides: Partial<NewForm> = {},
): Promise<GivenForm> {
  const form = await givenDraft(app, association, overrides);
  await app.get(MoveForm).run(association.associationId, form.innerId, 'published', ACTOR);
  return form;
}

export async function givenDraft(
  app: TestApp,
  { associationId, slug }: GivenAssociation,
  overrides: Partial<NewForm> = {},
): Promise<GivenForm & { innerId: string }> {
  const input: NewForm = {
    slug: someSlug('soutien'),
    title: 'Fleurir les berges',
    suggestedAmounts: [{ cents: 2_000, label: 'vingt bulbes' }, { cents: 5_000 }],
    ...overrides,
  };
  const form = await app.get(CreateForm).run(associationId, input, ACTOR);
  return {
    innerId: form.id,
    id: publicId('form', form.id),
    slug: form.slug,
    path: `/${slug}/${form.slug}`,
    donationsPath: `/v1/associations/${slug}/forms/${form.slug}/donations`,
  };
}

/** The JSON of a gift of 50 € that wants a receipt. Overrides replace whole top-level fields. */
export function giftBody(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    amount: { cents: 5_000, currency: 'EUR' },
    frequency: 'once',
    donor: giftDonor(),
    wantsReceipt: true,
    ...overrides,
  };
}

export function giftDonor(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'individual',
    firstName: 'Camille',
    lastName: 'Martin',
    email: 'camille.martin@example.org',
    address: { line1: '8 rue des Écluses', postalCode: '75010', city: 'Paris', country: 'FR' },
    ...overrides,
  };
}

export interface MadeGift {
  id: string;
  status: string;
  amount: { cents: number; currency: string };
  checkoutUrl: string;
  statusUrl: string;
}

/** POSTs a gift, whatever comes of it. */
export function postGift(
  app: Pick<TestApp, 'url'>,
  form: Pick<GivenForm, 'donationsPath'>,
  body: unknown = giftBody(),
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(app, form.donationsPath, { method: 'POST', json: body, headers });
}

/** POSTs a gift that must be taken. */
export async function givenGift(
  app: TestApp,
  form: Pick<GivenForm, 'donationsPath'>,
  overrides: Record<string, unknown> = {},
): Promise<MadeGift> {
  const answer = await postGift(app, form, giftBody(overrides));
  if (answer.status !== 201) throw new Error(`The gift was not taken: ${answer.status} ${answer.text}`);
  return answer.json as MadeGift;
}

export type SandboxOutcome = 'paid' | 'failed' | 'canceled' | 'expired' | 'pending';

/**
 * Sends the form of the sandbox's checkout page, as a donor's browser does.
 * @returns where the browser is sent back to
 */
export async function payAtSandbox(
  checkoutUrl: string,
  outcome: SandboxOutcome = 'paid',
  method = 'creditcard',
): Promise<string> {
  const response = await fetch(checkoutUrl, {
    method: 'POST',
    body: new URLSearchParams({ method, outcome }),
    redirect: 'manual',
  });
  if (response.status !== 303) throw new Error(`The checkout page answered ${response.status}.`);
  return response.headers.get('location')!;
}

/** Tells the sandbox what to do wrong from now on; `{}` ends it. */
export async function disturbSandbox(app: TestApp, behaviour: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${app.sandbox.controlUrl}/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(behaviour),
  });
  if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
}

export interface GiftStatus {
  id: string;
  status: string;
  receipt: { number: string; downloadUrl: string } | null;
}

export async function readStatus(statusUrl: string): Promise<GiftStatus> {
  return (await (await fetch(statusUrl)).json()) as GiftStatus;
}

export function untilPaid(statusUrl: string): Promise<GiftStatus> {
  return eventually(async () => {
    const status = await readStatus(statusUrl);
    return status.status === 'paid' ? status : undefined;
  }, 'the gift is paid');
}

export function untilReceipt(statusUrl: string): Promise<GiftStatus & { receipt: object }> {
  return eventually(async () => {
    const status = await readStatus(statusUrl);
    return status.receipt ? { ...status, receipt: status.receipt } : undefined;
  }, 'the receipt is there');
}
