import type { Locale } from './choose-locale.js';
import { readTokens } from './design-tokens.js';
import { mailStyles } from './mail-styles.js';
import type { MailViews } from './mail-views.js';
import type { TemplateEngine } from './template-engine.js';

export interface RenderedMail {
  /** One line. */
  subject: string;
  html: string;
  text: string;
}

/** Draws templates/mail/<name>.{subject,html,text}.eta. The three say the same. */
export function renderMail<Name extends keyof MailViews>(
  engine: TemplateEngine,
  name: Name,
  locale: Locale,
  view: MailViews[Name],
): RenderedMail {
  const styles = mailStyles(readTokens(engine.assets.text('obole.css')), view.association.colour);
  return {
    subject: engine
      .text(`mail/${name}.subject`, view, { locale })
      .replace(/\s*\n\s*/g, ' ')
      .trim(),
    html: engine.render(`mail/${name}.html`, view, { locale, page: styles }),
    text: `${engine
      .text(`mail/${name}.text`, view, { locale })
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  };
}
