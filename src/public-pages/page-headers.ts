/** No inline code, no other host: what the pages promise, said to the browser. */
const STRICT = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
];

/**
 * Headers of every public page. A form's answer redirects to the payment provider, and browsers hold that redirect
 * against `form-action` too: `checkoutOrigins` are the provider's ("https://www.mollie.com").
 * `frameAncestors` lists the sites that may embed the page.
 */
export function publicPageHeaders(options: {
  checkoutOrigins: readonly string[];
  frameAncestors?: readonly string[];
}): Record<string, string> {
  const forms = ["'self'", ...options.checkoutOrigins].join(' ');
  const frames = options.frameAncestors?.join(' ') || "'none'";
  return {
    'content-type': 'text/html; charset=utf-8',
    // Every page speaks the reader's language.
    vary: 'accept-language',
    'content-security-policy': [...STRICT, `form-action ${forms}`, `frame-ancestors ${frames}`].join('; '),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}

/** A status page's address is a secret: it must not travel in a Referer, nor stay in a cache. */
export function secretPageHeaders(options: { checkoutOrigins: readonly string[] }): Record<string, string> {
  return {
    ...publicPageHeaders(options),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  };
}

/** A mail's HTML part, shown in a sandboxed frame of our own page: styles are inline by nature,
 * no code runs. Of our origin only so that our page can make the frame as tall as the mail. Its links open whole
 * pages, in a tab of their own. */
export const MAIL_BODY_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; " +
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
