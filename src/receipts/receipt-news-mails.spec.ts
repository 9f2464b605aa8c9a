import { describe, expect, it } from '@jest/globals';
import { Money } from '../kernel/money.js';
import { renderMail } from '../platform/templates/render-mail.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import type { DonorNews, ReceiptNews } from './donor-news.js';
import type { ReceiptNewsMailView, TreasurerMailView, TreasurerNews } from './receipt-news.view.js';

const engine = new TemplateEngine();
const LOCALES = ['fr', 'en'] as const;
const common = {
  association: { name: 'Les Jardins <partagés>', colour: '#2f6d3a' },
  returned: Money.of(2_000),
  gift: { amount: Money.of(5_000), date: '2026-11-22', reference: 'don_06jv3s4e0nk7m1f2p9q8r5t6u0' },
  privacyUrl: 'https://dons.example.org/jardins/donnees-personnelles',
};
const amount = Money.of(3_000);
const RECEIPTS: ReceiptNews[] = [
  { state: 'replaced', number: '2026-000002', amount, voided: '2026-000001' },
  { state: 'issued', number: '2026-000002', amount, voided: '2026-000001' },
  { state: 'issued', number: '2026-000001', amount, voided: null },
  { state: 'later', voided: '2026-000001' },
  { state: 'later', voided: null },
  { state: 'void', voided: '2026-000001' },
  { state: 'unchanged', number: '2026-000001', amount },
  { state: 'none' },
];
const NEWS: DonorNews[] = [
  'refunded',
  'refund_failed',
  'refund_cancelled',
  'corrected',
  'disputed',
  'dispute_won',
];
const toDonor = (news: DonorNews, receipt: ReceiptNews): ReceiptNewsMailView => ({
  ...common,
  news,
  receipt,
  statusUrl: 'https://dons.example.org/don/abc',
});

describe.each(LOCALES)('mails about money that went back, in %s', (locale) => {
  it.each(NEWS.flatMap((news) => RECEIPTS.map((receipt) => [news, receipt.state, receipt] as const)))(
    '%s, receipt %s: nothing is missing, and text and HTML say the same',
    (news, _state, receipt) => {
      const { subject, html, text } = renderMail(engine, 'receipt-news', locale, toDonor(news, receipt));
      expect(subject.length).toBeGreaterThan(10);
      const printed = [text, html.replaceAll('&#39;', "'")];
      for (const words of printed) {
        expect(words).toContain(common.gift.reference);
        if ('number' in receipt) expect(words).toContain(receipt.number);
        if ('voided' in receipt && receipt.voided) expect(words).toContain(receipt.voided);
        expect(words).not.toMatch(/undefined|null|\{\{/);
      }
      expect(html).toContain('Les Jardins &lt;partagés&gt;');
    },
  );

  it.each<TreasurerNews>(['dispute_opened', 'dispute_won', 'refund_failed'])('treasurer: %s', (news) => {
    for (const receipts of [
      {},
      { cancelled: '2026-000001' },
      { issued: '2026-000002' },
      { cancelled: '2026-000001', issued: '2026-000002' },
    ]) {
      const view: TreasurerMailView = { ...common, news, receipts, reason: 'AC04: Closed account' };
      const { subject, html, text } = renderMail(engine, 'treasurer-notice', locale, view);
      expect(subject).toContain(common.gift.reference);
      for (const words of [text, html]) {
        expect(words).toContain('AC04: Closed account');
        for (const number of Object.values(receipts)) expect(words).toContain(number);
        expect(words).not.toMatch(/undefined|null|\{\{/);
      }
    }
  });
});

it('reads like a letter', () => {
  const { text } = renderMail(engine, 'receipt-news', 'fr', toDonor('refunded', RECEIPTS[0]!));
  expect(text.replace(/[\u202f\u00a0]/g, ' ')).toMatchInlineSnapshot(`
    "Un remboursement de 20 €

    L’association vous rembourse 20 € sur votre don de 50 € du 22 novembre 2026.
    La somme revient sur le moyen de paiement que vous aviez choisi. Selon votre banque, elle y paraît sous quelques jours.

    Votre reçu fiscal
    Le reçu n° 2026-000001 n’est plus valable : ne l’utilisez pas pour votre déclaration.
    Le reçu n° 2026-000002, de 30 €, l’annule et le remplace. Il est joint à ce courriel.

    Votre don
    Montant donné : 50 €
    Remboursé : 20 €
    Date : 22 novembre 2026
    Référence : don_06jv3s4e0nk7m1f2p9q8r5t6u0

    La page de votre don :
    https://dons.example.org/don/abc

    -- 
    Une question ? Répondez à ce courriel : il arrive à l’association.
    Vous le recevez parce que vous avez fait ce don.
    https://dons.example.org/jardins/donnees-personnelles
    "
  `);
  const notice = renderMail(engine, 'treasurer-notice', 'fr', {
    ...common,
    news: 'dispute_opened',
    reason: 'MD06: Refund request by end customer',
    receipts: { cancelled: '2026-000001' },
  } as TreasurerMailView);
  expect(notice.text.replace(/[\u202f\u00a0]/g, ' ')).toMatchInlineSnapshot(`
    "Un impayé de 20 €

    La banque d’un donateur a repris 20 € sur un don de 50 € du 22 novembre 2026.

    Le reçu fiscal n° 2026-000001 est annulé. Le donateur en est averti.

    Que faire
    Un prélèvement contesté dans les huit semaines ne peut pas être défendu. Pour une carte, répondez à votre prestataire de paiement avec ce qui montre que le don était voulu. Le plus simple est souvent d’écrire au donateur.

    Le don
    Montant donné : 50 €
    Motif donné : MD06: Refund request by end customer
    Date : 22 novembre 2026
    Référence : don_06jv3s4e0nk7m1f2p9q8r5t6u0

    -- 
    Ce message est envoyé à l’adresse de contact de l’association.
    Il ne demande pas de réponse.
    https://dons.example.org/jardins/donnees-personnelles
    "
  `);
});
