import { Money } from '../../kernel/money.js';
import type { PaymentRecord } from '../state/records.js';
import { Html, markup } from './markup.js';
import { STYLE_ELEMENT } from './style.js';
import type { Texts } from './texts.js';

/** The frame of every page. The first words say that this is a sandbox. */
export function pageShell(
  texts: Pick<Texts, 'lang' | 'banner' | 'bannerMore'>,
  title: string,
  body: Html,
): string {
  const page = markup`<!doctype html>
    <html lang="${texts.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${new Html(STYLE_ELEMENT)}
      </head>
      <body>
        <p class="banner" role="note"><strong>${texts.banner}</strong> <span>${texts.bannerMore}</span></p>
        <main>${body}</main>
      </body>
    </html> `;
  return page.text;
}

/** Amount first, then what it is for. */
export function paymentHeader(texts: Texts, title: string, payment: PaymentRecord): Html {
  return markup`<header>
    <h1>${title}</h1>
    <p class="amount">${Money.fromJson(payment.amount).format(texts.lang)}</p>
    <p class="what">${payment.description}</p>
    <p class="ref">${payment.id}</p>
  </header>`;
}

/** One native radio button with a large target. */
export function choice(input: {
  name: string;
  value: string;
  label: string;
  hint?: string;
  checked: boolean;
}): Html {
  const checked = input.checked ? new Html(' checked') : '';
  const hint = input.hint === undefined ? '' : markup`<small>${input.hint}</small>`;
  return markup`<label class="choice">
    <input type="radio" name="${input.name}" value="${input.value}" required${checked} />
    <span>${input.label}${hint}</span>
  </label>`;
}
