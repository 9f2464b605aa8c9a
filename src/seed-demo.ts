import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CreateApiKey } from './accounts/index.js';
import { AssociationDirectory, CreateAssociation, type NewAssociation } from './associations/index.js';
import { CreateForm, MoveForm, type NewForm } from './forms/index.js';

const SLUG = 'les-jardins-partages';
export const DEMO_FORM_PATH = `/${SLUG}/soutien`;
const ACTOR = 'demo';

export interface Demo {
  formPath: string;
  apiKey: string;
}

const ASSOCIATION: NewAssociation = {
  name: 'Les Jardins partagés',
  slug: SLUG,
  registration: { type: 'rna', number: 'W751234567' },
  address: { line1: '12 rue des Lilas', postalCode: '75020', city: 'Paris', country: 'FR' },
  purpose: 'Créer et faire vivre des jardins partagés, ouverts à tous, dans les quartiers et les écoles.',
  legalCategory: { code: 'general_interest.association_1901' },
  fiscalRegime: { regime: 'general', from: '2020-01-01' },
  signatory: { name: 'Amina Diallo', role: 'Trésorière' },
  contactEmail: 'amina@jardins-partages.example',
};

const FORM: NewForm = {
  slug: 'soutien',
  title: 'Un potager pour chaque école',
  description:
    'Au printemps, douze écoles du 20e arrondissement ouvrent leur potager. Vos dons paient la terre, les outils et les graines.\n\n' +
    'Les enfants sèment, arrosent et récoltent avec nos bénévoles, chaque mercredi. Ce qui pousse se mange à la cantine.',
  suggestedAmounts: [
    { cents: 1_000, label: 'dix godets de tomates' },
    { cents: 2_000, label: 'un kit de semences' },
    { cents: 5_000, label: 'un bac de terre' },
    { cents: 10_000, label: 'les outils d’une classe' },
    { cents: 20_000, label: 'une cuve à eau de pluie' },
  ],
  thankYouText:
    'Grâce à vous, les enfants jardinent dès le mois de mars. Venez voir : les jardins sont ouverts le samedi matin.',
  colour: '#2f6b4f',
  goalCents: 1_200_000,
};

/** On the first run an association to look at, with a published form. Later runs find it again. */
export async function seedDemo(app: NestFastifyApplication, varDir: string): Promise<Demo> {
  const keyFile = join(varDir, 'demo-api-key');
  const directory = app.get(AssociationDirectory, { strict: false });
  const associationId = (await directory.tryFind(SLUG)) ?? (await createDemo(app));
  if (!existsSync(keyFile)) {
    const name = 'Demonstration';
    const { token } = await app
      .get(CreateApiKey, { strict: false })
      .run(associationId, { name, role: 'treasurer' }, ACTOR);
    writeFileSync(keyFile, token, { mode: 0o600 });
  }
  return { formPath: DEMO_FORM_PATH, apiKey: readFileSync(keyFile, 'utf8') };
}

async function createDemo(app: NestFastifyApplication): Promise<string> {
  const associationId = await app.get(CreateAssociation, { strict: false }).run(ASSOCIATION, ACTOR);
  const form = await app.get(CreateForm, { strict: false }).run(associationId, FORM, ACTOR);
  await app.get(MoveForm, { strict: false }).run(associationId, form.id, 'published', ACTOR);
  return associationId;
}
