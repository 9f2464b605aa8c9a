import { z } from 'zod';
import { CURRENCIES } from '../kernel/money.js';
import { isLegalDate } from '../kernel/french-date.js';

/** Form 2041-RD as published on impots.gouv.fr on 6 March 2023. A new form is a new snapshot version. */
export const RECEIPT_FORM_VERSION = '11580*05';

export const GIFT_FORMS = [
  'acte_authentique',
  'acte_sous_seing_prive',
  'declaration_de_don_manuel',
  'autres',
] as const;
export const GIFT_NATURES = [
  'numeraire',
  'titres_de_societes_cotes',
  'abandon_de_revenus_ou_produits',
  'frais_de_benevoles',
  'autres',
] as const;
export const PAYMENT_MEANS = ['cash', 'cheque', 'card_transfer_debit'] as const;
export const RECEIPT_ARTICLES = ['200', '978'] as const;

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isLegalDate, 'A day of the calendar, yyyy-mm-dd');

/** A postal address as its owner writes it; `line1` holds number and street. `country` is its French name. */
const addressSchema = z.strictObject({
  line1: text(200),
  line2: text(200).optional(),
  postalCode: text(16),
  city: text(100),
  country: text(60),
});

const associationSchema = z.strictObject({
  name: text(200),
  /** As it is printed: « W751234567 », « 732 829 320 », « Volume 91, folio 12, Tribunal judiciaire de Metz ». */
  registration: z.strictObject({ type: z.enum(['rna', 'siren', 'alsace_moselle']), printed: text(170) }),
  address: addressSchema,
  object: text(600),
  /** `box` and `choice` are the words of the form, frozen: the receipt never changes when the law does. */
  legalCategory: z.strictObject({
    code: text(60),
    details: z.record(z.string(), z.string()),
    box: text(600),
    choice: text(600).optional(),
  }),
  signatory: z.strictObject({ name: text(120), role: text(120) }),
  signatureImage: z
    .strictObject({
      fileId: text(60),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      type: z.enum(['image/png', 'image/jpeg']),
    })
    .optional(),
});

const giftSchema = z.strictObject({
  amount: z.strictObject({ cents: z.int().min(1), currency: z.enum(CURRENCIES) }),
  /** The day the money was collected, in Europe/Paris; of the last gift, for a receipt that covers several. */
  paidOn: day,
  /** Set for a receipt that covers all the gifts of a calendar year: the date then reads « cumul 2026 ». */
  cumulativeYear: z.int().min(2000).max(9999).optional(),
  form: z.enum(GIFT_FORMS),
  nature: z.enum(GIFT_NATURES),
  /** « Autres (précisez) » : what was given. */
  natureDetail: text(120).optional(),
  means: z.enum(PAYMENT_MEANS).optional(),
  /** Public ids of the donations, newest last: they tie the receipt to the accounts. */
  references: z.array(text(60)).min(1),
});

export const receiptSnapshotSchema = z
  .strictObject({
    snapshotVersion: z.literal(1),
    formVersion: z.literal(RECEIPT_FORM_VERSION),
    /** Order number, unique within the association: « 2026-000123 ». */
    number: text(40),
    issuedOn: day,
    /** Set when this receipt cancels and replaces another of the association. */
    replacesNumber: text(40).optional(),
    /** No real money moved (sandbox or test key): the receipt says so across the page. */
    isSpecimen: z.boolean(),
    articles: z.array(z.enum(RECEIPT_ARTICLES)).min(1).max(2),
    association: associationSchema,
    donor: z.strictObject({ lastName: text(200), firstNames: text(200), address: addressSchema }),
    gift: giftSchema,
  })
  .superRefine(({ articles, gift, issuedOn, number, replacesNumber }, ctx) => {
    const refuse = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    if (new Set(articles).size !== articles.length) refuse(['articles'], 'An article is ticked once');
    if (gift.paidOn > issuedOn) refuse(['gift', 'paidOn'], 'A gift is receipted after it was paid');
    if ((gift.nature === 'numeraire') !== (gift.means !== undefined)) {
      refuse(['gift', 'means'], 'Money has a means of payment, other gifts have none');
    }
    if ((gift.nature === 'autres') !== (gift.natureDetail !== undefined)) {
      refuse(['gift', 'natureDetail'], 'The form asks to name what "autres" is, and only that');
    }
    if (replacesNumber === number) refuse(['replacesNumber'], 'A receipt does not replace itself');
  });

/**
 * Everything that is printed on one tax receipt for a person (form 2041-RD, cerfa n° 11580*05), frozen when the
 * receipt is issued. Personal: donor (name, address). JSON in, JSON out; a receipt is drawn from nothing else.
 */
export type ReceiptSnapshot = z.infer<typeof receiptSnapshotSchema>;
export type ReceiptAddress = z.infer<typeof addressSchema>;
