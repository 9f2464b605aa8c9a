import type { Locale } from './choose-locale.js';
import { readTokens } from './design-tokens.js';
import { mailStyles } from './mail-styles.js';
import type { TemplateEngine } from './template-engine.js';

/** What the frame of every mail shows; each mail's own view adds to it. */
export interface MailView {
  /** Its name heads the mail, its colour (guarded) marks it. */
  association: { name: string; colour: string };
  /** Absolute: a mail has no page of its own. */
  privacyUrl: string;
}

export interface RenderedMail {
  /** One line. */
  subject: string;
  html: string;
  text: string;
}

/** Draws templates/mail/<name>/{subject,html,text}.eta. The three say the same. */
export function renderMail(
  engine: TemplateEngine,
  name: string,
  locale: Locale,
  view: MailView,
): RenderedMail {
  const styles = mailStyles(readTokens(engine.assets.text('obole.css')), view.association.colour);
  return {
    subject: engine
      .text(`mail/${name}/subject`, view, { locale })
      .replace(/\s*\n\s*/g, ' ')
      .trim(),
    html: engine.render(`mail/${name}/html`, view, { locale, page: styles }),
    text: `${engine
      .text(`mail/${name}/text`, view, { locale })
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  };
}
