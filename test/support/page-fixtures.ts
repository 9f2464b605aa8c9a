import { Money } from '../../src/kernel/money.js';
import type { ConnectOutcome } from '../../src/payments/index.js';
import type { ThankYouMailView } from '../../src/receipts/thank-you.view.js';
import type { GiftPageInput } from '../../src/public-pages/gift-form.view.js';
import type { GiftStatusView } from '../../src/public-pages/gift-status.view.js';
import { parseGiftForm } from '../../src/public-pages/parse-gift-form.js';
import type { AssociationView, GiftView, PageContext } from '../../src/public-pages/public-page.view.js';
import type { PublicPageRenderer } from '../../src/public-pages/render-pages.js';

export const GARDENS: AssociationView = {
  name: 'Les Jardins partagés',
  slug: 'jardins-partages',
  object: 'Cultiver ensemble des potagers ouverts à tous, de l’école au pied d’immeuble.',
  colour: '#2f6b3c',
  isEligible: true,
  contactEmail: 'bonjour@jardins-partages.example',
};

/** Long words, many words, an unreadable colour, and no tax receipt. */
export const LONG_NAME: AssociationView = {
  name: 'Association départementale des anciens élèves, parents et amis du collège-lycée Saint-Barthélemy-de-Villefranche-de-Rouergue',
  slug: 'anciens-eleves',
  object: 'Anticonstitutionnellement et interdisciplinairement, faire vivre la mémoire des lieux.',
  colour: '#ffe600',
  isEligible: false,
};

export const GIFT_PAGE: GiftPageInput = {
  association: GARDENS,
  form: {
    slug: 'potager-de-l-ecole',
    title: 'Un potager pour l’école Jean-Moulin',
    description:
      'Au printemps, 120 enfants sèmeront leurs premiers légumes.\n\nIl nous faut des bacs, de la terre et des graines. Les parents ont promis leurs bras ; la mairie prête le terrain.\n\nAprès la récolte, une soupe pour tout le quartier.',
    suggestedAmounts: [
      { amount: Money.of(1000), label: 'dix sachets de graines', afterTax: Money.of(340) },
      { amount: Money.of(2000), label: 'un kit de semences', afterTax: Money.of(680) },
      { amount: Money.of(5000), label: 'un bac de culture', afterTax: Money.of(1700) },
    ],
    allowsFreeAmount: true,
    frequencies: ['once', 'monthly'],
    minimum: Money.of(100),
    maximum: Money.of(1000000),
    requiredFields: [],
    goal: { target: Money.of(300000), collected: Money.of(124050) },
    offersTip: false,
  },
  action: '/jardins-partages/potager-de-l-ecole',
  requestKey: '0197f3c2-5d0e-7c11-b8d0-3f1f0c7a9e55',
  taxReduction: { ratePercent: 66, article: '200' },
};

const refusedBody = {
  amount: 'other',
  otherAmount: 'beaucoup',
  firstName: 'Zoé',
  email: 'zoe@',
  wantsReceipt: 'yes',
  country: 'FR',
};

export const REFUSED_GIFT_PAGE: GiftPageInput = {
  ...GIFT_PAGE,
  typed: parseGiftForm(refusedBody).typed,
  errors: [
    { pointer: '/amount', code: 'malformed_amount', detail: '' },
    { pointer: '/donor/lastName', code: 'required', detail: '' },
    { pointer: '/donor/email', code: 'malformed_email', detail: '' },
    { pointer: '/donor/address', code: 'address_required_for_receipt', detail: '' },
    { pointer: '/donor/address/postalCode', code: 'malformed_postal_code', detail: '' },
    { pointer: '/donor/address/country', code: 'unknown_country', detail: '' },
    { pointer: '/message', code: 'too_long', detail: '' },
    { pointer: '/surprise', code: 'unknown_field', detail: '' },
  ],
};

/** Comes back with a contribution that was asked for. */
const TIP_GIFT_PAGE: GiftPageInput = {
  ...GIFT_PAGE,
  form: { ...GIFT_PAGE.form, offersTip: true },
  typed: parseGiftForm({ amount: '2000', tip: '200', otherTip: '' }).typed,
};

const REFUSED_TIP_GIFT_PAGE: GiftPageInput = {
  ...TIP_GIFT_PAGE,
  typed: parseGiftForm({ amount: '2000', tip: '0', otherTip: '5' }).typed,
  errors: [{ pointer: '/tip', code: 'two_amounts', detail: '' }],
};

export const SILENT_PROVIDER_GIFT_PAGE: GiftPageInput = {
  ...GIFT_PAGE,
  typed: parseGiftForm({ amount: 'other', otherAmount: '35', firstName: 'Zoé', lastName: 'Bézier' }).typed,
  notice: 'provider_silent',
};

export const LONG_GIFT_PAGE: GiftPageInput = {
  ...GIFT_PAGE,
  association: LONG_NAME,
  form: {
    ...GIFT_PAGE.form,
    title: 'Restauration extraordinaire de la bibliothèque interuniversitaire et de ses enluminures',
    description: 'Une présentation sans fin, qui explique tout depuis le commencement. '.repeat(6),
    suggestedAmounts: [
      { amount: Money.of(1250), label: 'une page d’enluminure restaurée par un atelier spécialisé' },
      { amount: Money.of(99999900) },
    ],
    allowsFreeAmount: true,
    frequencies: ['once', 'monthly'],
    requiredFields: ['address', 'message', 'displayName'],
    goal: { target: Money.of(1234567800), collected: Money.of(2234567899) },
  },
  taxReduction: null,
};

export const FREE_AMOUNT_ONLY: GiftPageInput = {
  ...GIFT_PAGE,
  form: { ...GIFT_PAGE.form, suggestedAmounts: [], goal: undefined },
};

export const GIFT = {
  amount: Money.of(2000),
  date: '2026-11-22',
  reference: 'don_06jv3s4e0nk7m1f2p9q8r5t6u0',
  form: {
    title: 'Un potager pour l’école Jean-Moulin',
    url: '/jardins-partages/potager-de-l-ecole',
  },
} satisfies GiftView;

const common = { association: GARDENS, gift: GIFT };
const waiting = { poll: { url: '/don/x/etat', seen: 'pending' } };
const signatory = { name: 'Amina Diallo', role: 'trésorière' };
const thankYouText =
  'Vous offrez aux enfants de l’école leur premier potager.\n\nLes premières graines iront en terre en mars : vous êtes invitée.';

export const GIFT_STATUSES: Record<string, GiftStatusView> = {
  'paid, receipt ready': {
    ...common,
    state: 'paid',
    firstName: 'Zoé',
    thankYouText,
    signatory,
    receipt: { state: 'ready', number: '2026-00012', downloadUrl: '/don/x/recu.pdf' },
  },
  'paid, receipt being made': {
    ...common,
    state: 'paid',
    receipt: { state: 'being_made' },
    poll: { url: '/don/x/etat', seen: 'paid coming' },
  },
  'paid, with a contribution, through no form': {
    ...common,
    gift: { ...GIFT, tip: Money.of(200), form: undefined },
    state: 'paid',
    receipt: { state: 'none', reason: 'not_requested' },
  },
  'paid, no receipt asked': { ...common, state: 'paid', receipt: { state: 'none', reason: 'not_requested' } },
  'paid, not eligible': {
    ...common,
    association: LONG_NAME,
    state: 'paid',
    firstName: 'Maximilienne-Hippolyte',
    thankYouText,
    signatory,
    receipt: { state: 'none', reason: 'not_eligible' },
  },
  'paid, address missing': {
    ...common,
    state: 'paid',
    receipt: { state: 'none', reason: 'address_missing' },
  },
  'paid, money returned': {
    ...common,
    state: 'paid',
    receipt: { state: 'none', reason: 'money_returned' },
  },
  open: { ...common, ...waiting, state: 'open', resumeUrl: '/checkout' },
  pending: { ...common, ...waiting, state: 'pending' },
  unknown: { ...common, ...waiting, state: 'unknown' },
  failed: { ...common, state: 'failed', retryUrl: '/don/x/reessayer' },
  canceled: { ...common, state: 'canceled', retryUrl: '/don/x/reessayer' },
  expired: { ...common, state: 'expired', retryUrl: '/don/x/reessayer' },
  refunded: { ...common, state: 'refunded', refunded: Money.of(2000) },
  'refunded, receipt void': {
    ...common,
    state: 'refunded',
    refunded: Money.of(2000),
    voided: { number: '2026-000012', cancelledOn: '2026-11-22' },
  },
  'paid, receipt replaced': {
    ...common,
    state: 'paid',
    receipt: {
      state: 'ready',
      number: '2026-000013',
      downloadUrl: '/don/x/recu.pdf',
      voided: { number: '2026-000012', cancelledOn: '2026-11-22' },
    },
  },
};

const mail = {
  url: '/boite-aux-lettres/1',
  to: 'zoe@example.org',
  from: 'Les Jardins partagés <dons@obole.example>',
  subject: 'Votre don de 20\u202f€ – Les Jardins partagés\u202f: merci',
  sentAt: new Date('2026-11-22T13:05:00Z'),
  attachmentCount: 1,
};

const ERROR_KINDS = [
  'not_found',
  'forbidden',
  'form_not_published',
  'form_closed',
  'cannot_receive',
  'invalid',
  'limit',
  'internal',
  'not_sent',
  'unavailable',
  'provider',
] as const;

const MOLLIE_RETURNS: readonly ConnectOutcome[] = [
  { is: 'connected', organization: GARDENS.name, mode: 'live' },
  { is: 'needs_profile', organization: GARDENS.name, mode: 'test' },
  { is: 'refused' },
  { is: 'expired' },
  { is: 'failed' },
];

export type PageFixture = readonly [
  name: string,
  draw: (renderer: PublicPageRenderer, context: PageContext) => string,
];

/** Every page in every state. */
export const PAGE_FIXTURES: readonly PageFixture[] = [
  ['gift', (pages, context) => pages.gift(GIFT_PAGE, context)],
  ['gift refused', (pages, context) => pages.gift(REFUSED_GIFT_PAGE, context)],
  ['gift with contribution', (pages, context) => pages.gift(TIP_GIFT_PAGE, context)],
  ['gift with contribution, refused', (pages, context) => pages.gift(REFUSED_TIP_GIFT_PAGE, context)],
  ['gift, provider silent', (pages, context) => pages.gift(SILENT_PROVIDER_GIFT_PAGE, context)],
  ['gift with long words', (pages, context) => pages.gift(LONG_GIFT_PAGE, context)],
  ['gift, free amount only', (pages, context) => pages.gift(FREE_AMOUNT_ONLY, context)],
  ...Object.entries(GIFT_STATUSES).map(([name, view]): PageFixture => [
    `status ${name}`,
    (pages, context) => pages.giftStatus(view, context),
  ]),
  [
    'association',
    (pages, context) =>
      pages.association(
        {
          association: GARDENS,
          forms: [
            { ...GIFT.form, summary: 'Des bacs, de la terre et des graines.' },
            { title: 'Soutenir l’association', url: '/jardins-partages/soutien' },
          ],
        },
        context,
      ),
  ],
  [
    'association without forms',
    (pages, context) => pages.association({ association: LONG_NAME, forms: [] }, context),
  ],
  ['privacy', (pages, context) => pages.privacy({ association: GARDENS }, context)],
  ['home', (pages, context) => pages.home({}, context)],
  [
    'home of the demonstration',
    (pages, context) =>
      pages.home(
        {
          demo: {
            formUrl: GIFT.form.url,
            associationUrl: '/jardins-partages',
            mailboxUrl: '/boite-aux-lettres',
            docsUrl: '/docs',
          },
        },
        context,
      ),
  ],
  ['mailbox', (pages, context) => pages.mailbox({ mails: [mail, { ...mail, attachmentCount: 0 }] }, context)],
  ['mailbox empty', (pages, context) => pages.mailbox({ mails: [] }, context)],
  [
    'mail',
    (pages, context) =>
      pages.mail(
        {
          mailboxUrl: '/boite-aux-lettres',
          mail: {
            ...mail,
            replyTo: 'amina@jardins-partages.example',
            htmlUrl: '/boite-aux-lettres/1/html',
            text: 'Merci, Zoé.\n\nVotre don de 20 € est bien arrivé.',
            attachments: [
              { name: 'recu-2026-00012.pdf', url: '/boite-aux-lettres/1/pieces/0', bytes: 25915 },
            ],
          },
        },
        context,
      ),
  ],
  ...MOLLIE_RETURNS.map((outcome): PageFixture => [
    `return from Mollie, ${outcome.is}`,
    (pages, context) => pages.mollieReturn(outcome, context),
  ]),
  ...ERROR_KINDS.map((kind): PageFixture => [
    `error ${kind}`,
    (pages, context) => pages.error({ kind, reference: 'req_4f1c', backUrl: '/jardins-partages' }, context),
  ]),
];

export const THANK_YOU_MAIL: ThankYouMailView = {
  association: GARDENS,
  signatory,
  firstName: 'Zoé',
  amount: Money.of(5000),
  date: '2026-11-22',
  formTitle: GIFT.form.title,
  reference: GIFT.reference,
  thankYouText,
  receipt: { state: 'attached', number: '2026-00012' },
  statusUrl: 'https://dons.example.org/don/abc',
  privacyUrl: 'https://dons.example.org/jardins-partages/donnees-personnelles',
};

/** The thanks in each state of its receipt. */
export const MAIL_FIXTURES: readonly (readonly [name: string, view: ThankYouMailView])[] = [
  ['receipt attached', THANK_YOU_MAIL],
  ['contribution, through no form', { ...THANK_YOU_MAIL, tip: Money.of(200), formTitle: undefined }],
  ['receipt later', { ...THANK_YOU_MAIL, firstName: undefined, receipt: { state: 'later' } }],
  ...(['not_requested', 'not_eligible', 'address_missing', 'money_returned'] as const).map(
    (reason) =>
      [
        `no receipt: ${reason}`,
        { ...THANK_YOU_MAIL, thankYouText: undefined, receipt: { state: 'none', reason } },
      ] as const,
  ),
];
