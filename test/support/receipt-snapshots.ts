import { receiptSnapshotSchema, type ReceiptSnapshot } from '../../src/receipts/receipt-snapshot.js';

/** An ordinary online gift to an ordinary association. Give what is different. */
export function ordinaryReceipt(changes: Partial<ReceiptSnapshot> = {}): ReceiptSnapshot {
  return receiptSnapshotSchema.parse({
    snapshotVersion: 1,
    formVersion: '11580*05',
    number: '2026-000123',
    issuedOn: '2026-11-22',
    isSpecimen: false,
    articles: ['200'],
    association: {
      name: 'Les Jardins partagés de Belleville',
      registration: { type: 'rna', printed: 'W751234567' },
      address: { line1: '12 bis, rue des Cascades', postalCode: '75020', city: 'Paris', country: 'France' },
      object:
        'Créer et animer des jardins partagés ouverts à tous, transmettre le goût du vivant aux enfants du quartier et défendre la biodiversité en ville.',
      legalCategory: {
        code: 'general_interest.association_1901',
        details: {},
        box: 'Œuvre ou organisme d’intérêt général ayant un caractère philanthropique, éducatif, scientifique, social, humanitaire, sportif, familial, culturel ou concourant à la mise en valeur du patrimoine artistique, à la défense de l’environnement naturel ou à la diffusion de la culture, de la langue et des connaissances scientifiques françaises :',
        choice: 'Association loi 1901',
      },
      signatory: { name: 'Amina Lefèvre', role: 'Trésorière' },
    },
    donor: {
      lastName: 'Martin',
      firstNames: 'Zoé',
      address: { line1: '8, place de la Liberté', postalCode: '69003', city: 'Lyon', country: 'France' },
    },
    gift: {
      amount: { cents: 123456, currency: 'EUR' },
      paidOn: '2026-11-21',
      form: 'declaration_de_don_manuel',
      nature: 'numeraire',
      means: 'card_transfer_debit',
      references: ['don_06bpl1l1o7vvf0q3r5n4c8k2u0'],
    },
    ...changes,
  });
}

/** Every field as long as it may be: the page must still hold. */
export function longestReceipt(): ReceiptSnapshot {
  const base = ordinaryReceipt();
  const fill = (text: string, length: number) =>
    text.repeat(Math.ceil(length / text.length)).slice(0, length - 1) + '.';
  const address = {
    line1: fill('Bâtiment des Quatre-Vents, escalier B, 128 ter, avenue du Général-de-Gaulle ', 200),
    line2: fill('Résidence universitaire Jean-Jacques-Rousseau, appartement 12, boîte aux lettres 7 ', 200),
    postalCode: '97133-CEDEX-0009',
    city: fill('Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson ', 100),
    country: fill('Terres australes et antarctiques françaises ', 60),
  };
  return ordinaryReceipt({
    number: fill('ASSOCIATION-2026-000123-', 40),
    replacesNumber: fill('ASSOCIATION-2026-000122-', 40),
    articles: ['200', '978'],
    association: {
      ...base.association,
      name: fill('Fédération interdépartementale des associations de sauvegarde du patrimoine ', 200),
      registration: {
        type: 'alsace_moselle',
        printed: fill('Volume 91, folio 12, Tribunal judiciaire de Strasbourg et de proximité ', 170),
      },
      address,
      object: fill(
        'Promouvoir, par tous les moyens légaux, la connaissance des jardins ouvriers, familiaux et partagés ; ',
        600,
      ),
      legalCategory: {
        ...base.association.legalCategory,
        choice: fill(
          'Association ou fondation reconnue d’utilité publique par décret en date du 12/03/1985 ',
          300,
        ),
      },
      signatory: {
        name: fill('Marie-Antoinette de La Rochefoucauld-Montbel ', 120),
        role: fill('Présidente du conseil ', 120),
      },
    },
    donor: {
      lastName: fill('de Montmorency-Luxembourg ', 200),
      firstNames: fill('Anne-Charlotte Marie-Madeleine ', 200),
      address,
    },
    gift: {
      ...base.gift,
      amount: { cents: 77_777_777_777, currency: 'EUR' },
      nature: 'autres',
      natureDetail: fill('Tableau du dix-neuvième siècle avec son cadre ', 120),
      means: undefined,
      references: Array.from({ length: 12 }, () => 'don_06bpl1l1o7vvf0q3r5n4c8k2u0'),
    },
  });
}
