import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { drawReceipt, type ReceiptImages } from '../../../src/receipts/draw-receipt.js';
import type { ReceiptSnapshot } from '../../../src/receipts/receipt-snapshot.js';
import { longestReceipt, ordinaryReceipt } from '../../support/receipt-snapshots.js';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receipts-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(snapshot: ReceiptSnapshot, images?: ReceiptImages): Promise<string> {
  const file = join(folder, 'receipt.pdf');
  await writeFile(file, await drawReceipt(snapshot, images));
  return file;
}

/** The text as a reader's search finds it: spaces of all kinds as one. */
async function textOf(snapshot: ReceiptSnapshot): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', await fileOf(snapshot), '-']);
  return stdout.replace(/\s+/gu, ' ');
}

function signedWith(image: Buffer, type: 'image/png' | 'image/jpeg'): ReceiptSnapshot {
  const { association } = ordinaryReceipt();
  const sha256 = createHash('sha256').update(image).digest('hex');
  return ordinaryReceipt({
    association: { ...association, signatureImage: { fileId: 'file_1', sha256, type } },
  });
}

const base = ordinaryReceipt();

/** What the form of the administration mentions, block by block. */
const MENTIONS = [
  '2041-RD',
  'N° 11580*05',
  'Numéro d’ordre du reçu',
  'Organisme bénéficiaire des dons et versements',
  'Nom ou dénomination',
  'Numéro SIREN ou RNA¹',
  'Adresse : N°, rue',
  'Code postal',
  'Commune',
  'Pays',
  'Objet',
  'Association loi 1901',
  'Donateur',
  'Prénoms',
  'Le bénéficiaire reconnaît avoir reçu des dons et versements ouvrant droit à réduction d’impôt d’un montant de⁵ :',
  'Euros',
  'Somme en toutes lettres',
  'Date du versement ou du don',
  'Le bénéficiaire certifie sur l’honneur que les dons et versements qu’il reçoit ouvrent droit à la réduction d’impôt prévue à l’article⁶ :',
  '200 du CGI',
  '978 du CGI',
  'Forme du don :',
  'Acte authentique',
  'Acte sous seing privé',
  'Déclaration de don manuel',
  'Nature du don⁷ :',
  'Numéraire',
  'Titres de sociétés cotés',
  'Abandon exprès de revenus ou de produits',
  'Frais engagés par les bénévoles, dont ils renoncent expressément au remboursement',
  'Autres (précisez)⁸',
  'En cas de don en numéraire,',
  'mode de versement du don :',
  'Remise d’espèces',
  'Chèque',
  'Virement, prélèvement, carte bancaire',
  'Date et signature',
  'l’article L. 80 C du livre des procédures fiscales',
  'l’amende prévue à l’article 1740 A du code général des impôts.',
];

const FACTS = [
  '2026-000123',
  'Les Jardins partagés de Belleville',
  'W751234567',
  '12 bis, rue des Cascades',
  '75020',
  'Martin',
  'Zoé',
  '8, place de la Liberté',
  '1 234,56',
  'mille deux cent trente-quatre euros et cinquante-six centimes',
  '21/11/2026',
  'Le 22 novembre 2026',
  'Amina Lefèvre',
  'Trésorière',
  'don_06bpl1l1o7vvf0q3r5n4c8k2u0',
];

describe('the PDF of a receipt', () => {
  it('bears every mention of form 2041-RD, and every fact of the gift', async () => {
    const text = await textOf(base);
    for (const mention of [...MENTIONS, ...FACTS]) expect(text).toContain(mention);
  });

  it('bears the whole title and the whole wording of the category, over their lines', async () => {
    const { stdout } = await run('pdftotext', ['-raw', await fileOf(base), '-']);
    const text = stdout.replace(/\s+/gu, ' ');
    expect(text).toContain(
      'Reçu des dons et versements effectués par les particuliers au titre des articles 200 et 978 du code général des impôts',
    );
    expect(text).toContain(base.association.legalCategory.box.replace(/\s*:$/u, ''));
    expect(text).toContain(base.association.object);
  });

  it('reads back the names of other scripts as they were given', async () => {
    const names = { lastName: 'Παπαδόπουλος Юлия', firstNames: 'Մարիամ Łucja Ștefan' };
    const text = await textOf(ordinaryReceipt({ donor: { ...base.donor, ...names } }));
    for (const name of [names.lastName, names.firstNames]) expect(text).toContain(name);
    const arabic = await textOf(
      ordinaryReceipt({ donor: { ...base.donor, lastName: 'محمد', firstNames: 'דוד' } }),
    );
    for (const name of ['محمد', 'דוד']) expect(arabic).toContain(name);
  });

  it('says which receipt it replaces, which year it sums up, and what an unusual gift was', async () => {
    const gift = {
      ...base.gift,
      nature: 'autres',
      natureDetail: 'Un tableau',
      means: undefined,
      cumulativeYear: 2026,
    } as const;
    const text = await textOf(ordinaryReceipt({ replacesNumber: '2026-000122', gift }));
    for (const fact of [
      'Annule et remplace le reçu n° 2026-000122',
      'cumul 2026',
      'Autres (précisez)⁸ : Un tableau',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('is one page of A4 with title, author, subject and language', async () => {
    for (const snapshot of [base, longestReceipt()]) {
      const { stdout } = await run('pdfinfo', [await fileOf(snapshot)]);
      expect(stdout).toMatch(/Pages:\s+1\n/);
      expect(stdout).toMatch(/\(A4\)/);
    }
    const { stdout } = await run('pdfinfo', ['-isodates', await fileOf(base)]);
    expect(stdout).toMatch(/Title:\s+Reçu fiscal n° 2026-000123\n/);
    expect(stdout).toMatch(/Author:\s+Les Jardins partagés de Belleville\n/);
    expect(stdout).toMatch(/Subject:\s+Reçu au titre des dons, modèle 2041-RD \(cerfa n° 11580\*05\)\n/);
    expect(stdout).toMatch(/CreationDate:\s+2026-11-22T12:00:00Z\n/);
    expect((await readFile(join(folder, 'receipt.pdf'))).includes('/Lang (fr-FR)')).toBe(true);
  });

  it('carries its fonts inside, in part, with the text that their glyphs stand for', async () => {
    const arabic = ordinaryReceipt({ donor: { ...base.donor, lastName: 'محمد' } });
    const { stdout } = await run('pdffonts', [await fileOf(arabic)]);
    const fonts = stdout.trim().split('\n').slice(2);
    expect(fonts).toHaveLength(3);
    for (const font of fonts) expect(font).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  it('is a sound file, with and without a signature of either kind', async () => {
    const png = PNG.sync.write(new PNG({ width: 300, height: 100, fill: true }));
    await writeFile(join(folder, 'any.pdf'), await drawReceipt(base));
    await run('pdftoppm', [
      '-jpeg',
      '-r',
      '20',
      '-singlefile',
      join(folder, 'any.pdf'),
      join(folder, 'signature'),
    ]);
    const jpeg = await readFile(join(folder, 'signature.jpg'));
    const files: [ReceiptSnapshot, ReceiptImages][] = [
      [base, {}],
      [longestReceipt(), {}],
      [signedWith(png, 'image/png'), { signatureImage: png }],
      [signedWith(jpeg, 'image/jpeg'), { signatureImage: jpeg }],
    ];
    for (const [snapshot, images] of files) {
      const file = await fileOf(snapshot, images);
      const { stdout, stderr } = await run('qpdf', ['--check', file]);
      expect(stdout + stderr).toContain('No syntax or stream encoding errors found');
      const { stdout: listed } = await run('pdfimages', ['-list', file]);
      expect(listed.trim().split('\n').slice(2)).toHaveLength(images.signatureImage ? 1 : 0);
    }
  });

  it('has the same bytes in another process, which drew nothing before', async () => {
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    await drawReceipt(longestReceipt());
    const script = `
      import { createHash } from 'node:crypto';
      import { drawReceipt } from './src/receipts/draw-receipt.ts';
      const snapshot = JSON.parse(process.argv[1]);
      process.stdout.write(createHash('sha256').update(await drawReceipt(snapshot)).digest('hex'));`;
    const { stdout } = await run(process.execPath, [
      '--import',
      './test/support/typescript.mjs',
      '--input-type=module',
      '--eval',
      script,
      JSON.stringify(base),
    ]);
    expect(stdout).toBe(hash(await drawReceipt(base)));
  });
});
