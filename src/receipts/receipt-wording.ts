import type { ReceiptSnapshot } from './receipt-snapshot.js';

/** The words of form 2041-RD, cerfa n° 11580*05 (file of 6 March 2023), in the order of the form. */
export const WORDING = {
  formCode: '2041-RD',
  formNumber: 'N° 11580*05',
  title:
    'Reçu des dons et versements effectués par les particuliers au titre des articles 200 et 978 du code général des impôts',
  orderNumber: 'Numéro d’ordre du reçu',
  beneficiary: 'Organisme bénéficiaire des dons et versements',
  name: 'Nom ou dénomination',
  registration: 'Numéro SIREN ou RNA',
  address: 'Adresse : N°, rue',
  postalCode: 'Code postal',
  city: 'Commune',
  country: 'Pays',
  object: 'Objet',
  category: 'Case concernée',
  donor: 'Donateur',
  lastName: 'Nom',
  firstNames: 'Prénoms',
  acknowledgement:
    'Le bénéficiaire reconnaît avoir reçu des dons et versements ouvrant droit à réduction d’impôt d’un montant de',
  euros: 'Euros',
  inLetters: 'Somme en toutes lettres',
  paidOn: 'Date du versement ou du don',
  certification:
    'Le bénéficiaire certifie sur l’honneur que les dons et versements qu’il reçoit ouvrent droit à la réduction d’impôt prévue à l’article',
  form: 'Forme du don :',
  nature: 'Nature du don',
  means: 'En cas de don en numéraire, mode de versement du don :',
  signature: 'Date et signature',
} as const;

export const ARTICLE_WORDING = { '200': '200 du CGI', '978': '978 du CGI' } as const;

export const FORM_WORDING = {
  acte_authentique: 'Acte authentique',
  acte_sous_seing_prive: 'Acte sous seing privé',
  declaration_de_don_manuel: 'Déclaration de don manuel',
  autres: 'Autres',
} as const satisfies Record<ReceiptSnapshot['gift']['form'], string>;

export const NATURE_WORDING = {
  numeraire: 'Numéraire',
  titres_de_societes_cotes: 'Titres de sociétés cotés',
  abandon_de_revenus_ou_produits: 'Abandon exprès de revenus ou de produits',
  frais_de_benevoles: 'Frais engagés par les bénévoles, dont ils renoncent expressément au remboursement',
  autres: 'Autres (précisez)',
} as const satisfies Record<ReceiptSnapshot['gift']['nature'], string>;

export const MEANS_WORDING = {
  cash: 'Remise d’espèces',
  cheque: 'Chèque',
  card_transfer_debit: 'Virement, prélèvement, carte bancaire',
} as const satisfies Record<NonNullable<ReceiptSnapshot['gift']['means']>, string>;

/** Numbers of the form's notes, as they are printed after the words that they explain. */
export const NOTE_MARKS = { 1: '¹', 2: '²', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸' } as const;

/** The form's notes, under their numbers. Notes 3 and 4 belong to categories; see notesOf. */
const NOTES = {
  '¹': [
    'Pour les associations inscrites d’Alsace-Moselle, numéro d’inscription au registre des associations du Tribunal judiciaire ou de proximité.',
  ],
  '²': [
    'Ou n’indiquez que les renseignements concernant l’organisme : seule la catégorie de l’organisme figure ici.',
  ],
  '³': ['Collectivités locales, État, GIP…'],
  '⁴': ['Ou en Norvège, Islande ou Liechtenstein.'],
  '⁵': ['Pour les dons de titres de sociétés cotées et les dons en nature, mentionnez la valeur du don.'],
  '⁶': [
    'L’organisme bénéficiaire peut cocher une ou plusieurs cases, étant entendu que la fraction du montant donné qui ouvre droit pour son auteur à la réduction d’IFI prévue à l’article 978 du CGI ne peut ouvrir droit à la réduction d’IR prévue à l’article 200 du CGI et inversement.',
    'En application de l’article L. 80 C du livre des procédures fiscales, il peut demander à l’administration s’il relève de l’une des catégories d’organismes mentionnées à l’article 200 du code général des impôts.',
    'Il est rappelé que le fait de délivrer sciemment des documents permettant à un contribuable d’obtenir indûment une réduction d’impôt entraîne l’application de l’amende prévue à l’article 1740 A du code général des impôts.',
  ],
  '⁷': [
    'La réduction d’IFI ne s’applique qu’aux dons en numéraire et aux dons en pleine propriété de titres de sociétés cotées.',
  ],
  '⁸': ['Exemple : dons en nature.'],
} as const;

export type NoteMark = keyof typeof NOTES;

/** The note that a category carries after its words: 3 for « Autres », 4 for a body of another European state. */
export function categoryNote(code: string): NoteMark | undefined {
  if (code === 'general_interest.other') return '³';
  return code === 'european_body' ? '⁴' : undefined;
}

/** The notes a receipt prints: all but 3 and 4, which stand only where their category does. */
export function notesOf(categoryCode: string): [mark: NoteMark, paragraphs: readonly string[]][] {
  const own = categoryNote(categoryCode);
  return (Object.entries(NOTES) as [NoteMark, readonly string[]][]).filter(
    ([mark]) => (mark !== '³' && mark !== '⁴') || mark === own,
  );
}
