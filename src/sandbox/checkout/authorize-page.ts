import { DEMO_ORGANIZATIONS } from '../rules/organizations.js';
import { scopesInWords, type AuthorizeTexts } from './authorize-texts.js';
import { markup } from './markup.js';
import { choice, pageShell } from './page-shell.js';

export interface AuthorizeRequest {
  clientId: string;
  redirectUri: string;
  scopes: string[];
}

export const OTHER = 'other';

/** Where a merchant lets an application in, or not. */
export function authorizePage(
  texts: AuthorizeTexts,
  request: AuthorizeRequest,
  refusal: 'incomplete' | null,
): string {
  const body = markup`<header>
      <h1>${texts.title}</h1>
      <p class="what"><strong>${request.clientId}</strong> ${texts.asks}</p>
      <p class="ref">${texts.sendsBackTo} ${new URL(request.redirectUri).host}</p>
    </header>
    ${refusal ? markup`<p class="error" role="alert">${texts.choose}</p>` : ''}
    <h2>${texts.mayDo}</h2>
    <ul>
      ${scopesInWords(request.scopes, texts.lang).map((line) => markup`<li>${line}</li>`)}
    </ul>
    <form method="post">
      <fieldset>
        <legend>${texts.organization}</legend>
        <div class="rows">
          ${[...DEMO_ORGANIZATIONS, OTHER].map((name, i) =>
            choice({
              name: 'organization',
              value: name,
              label: name === OTHER ? texts.other : name,
              checked: i === 0,
            }),
          )}
        </div>
        <p class="other">
          <label class="label" for="name">${texts.otherHint}</label>
          <input id="name" name="name" type="text" maxlength="100" autocomplete="off" />
        </p>
      </fieldset>
      <div class="rows">
        <button type="submit" name="decision" value="allow">${texts.allow}</button>
        <button type="submit" name="decision" value="deny" class="quiet" formnovalidate>${texts.deny}</button>
      </div>
    </form>`;
  return pageShell(texts, texts.title, body);
}

/** Nobody can be sent back: say it here. */
export function brokenAuthorizePage(texts: AuthorizeTexts, fault: 'client' | 'redirect'): string {
  const body = markup`<h1>${texts.brokenTitle}</h1>
    <p>${texts.broken[fault]}</p>`;
  return pageShell(texts, texts.brokenTitle, body);
}
