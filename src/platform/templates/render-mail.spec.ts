import { describe, expect, it } from '@jest/globals';
import { MAIL_FIXTURES, THANK_YOU_MAIL } from '../../../test/support/page-fixtures.js';
import { renderMail } from './render-mail.js';
import { TemplateEngine } from './template-engine.js';

const engine = new TemplateEngine();
const words = (text: string) => text.replace(/\s+/g, ' ').trim();
const bare = (html: string) =>
  words(
    html
      .replace(/<(style|title)>[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&'),
  );

describe('renderMail', () => {
  it('the subject says the fact, in one line', () => {
    const { subject } = renderMail(engine, 'thank-you', 'fr', THANK_YOU_MAIL);
    expect(words(subject)).toBe('Votre don de 50 € – Les Jardins partagés : merci');
    expect(renderMail(engine, 'thank-you', 'en', THANK_YOU_MAIL).subject).toBe(
      'Your gift of €50 – Les Jardins partagés: thank you',
    );
  });

  it('a name cannot add a header to the mail', () => {
    const association = { ...THANK_YOU_MAIL.association, name: 'Club\r\nBcc: x@example.org' };
    expect(renderMail(engine, 'thank-you', 'fr', { ...THANK_YOU_MAIL, association }).subject).not.toMatch(
      /[\r\n]/,
    );
  });

  it('the text part is written for people', () => {
    expect(renderMail(engine, 'thank-you', 'fr', THANK_YOU_MAIL).text.replace(/\u202f/g, ' '))
      .toMatchInlineSnapshot(`
      "Merci, Zoé.

      Votre don de 50 € est bien arrivé.

      Vous offrez aux enfants de l’école leur premier potager.

      Les premières graines iront en terre en mars : vous êtes invitée.

      Amina Diallo, trésorière
      Les Jardins partagés

      Votre reçu fiscal
      Il est joint à ce courriel, sous le numéro 2026-00012. Gardez-le : l’administration fiscale peut vous le demander.

      Votre don
      Montant : 50 €
      Date : 22 novembre 2026
      Collecte : Un potager pour l’école Jean-Moulin
      Référence : don_06jv3s4e0nk7m1f2p9q8r5t6u0

      La page de votre don :
      https://dons.example.org/don/abc

      -- 
      Une question ? Répondez à ce courriel : il arrive à l’association.
      Vous le recevez parce que vous avez fait un don.
      https://dons.example.org/jardins-partages/donnees-personnelles
      "
    `);
  });

  it.each(MAIL_FIXTURES)('both parts say the same, in each language: %s', (_name, view) => {
    for (const locale of engine.translations.locales) {
      const { html, text } = renderMail(engine, 'thank-you', locale, view);
      const shown = bare(html);
      const { t } = engine.translator(locale);
      const key = view.receipt.state === 'none' ? view.receipt.reason : view.receipt.state;
      const receipt = t(`mail.receipt.${key}`, { number: '2026-00012' });
      for (const part of [shown, words(text)]) expect(part).toContain(words(receipt));
      expect(html).toContain(view.statusUrl);
      expect(text).toContain(view.statusUrl);
      expect(html + text).not.toMatch(/undefined|\[object|\{\{/);
      expect(html).not.toMatch(/<img|<script|<link|src=/);
    }
  });

  it('what an association or a donor wrote is text, not markup', () => {
    const view = { ...THANK_YOU_MAIL, firstName: '<b>Zoé</b>', thankYouText: 'a & b <script>' };
    const { html, text } = renderMail(engine, 'thank-you', 'fr', view);
    expect(html).not.toMatch(/<b>Zoé|<script/);
    expect(text).toContain('a & b <script>');
  });
});
