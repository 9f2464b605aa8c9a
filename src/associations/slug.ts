import { z } from 'zod';

/** First path segments that are the site's own, now or soon. A test compares them with the real routes. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ...[
    'v1',
    'v2',
    'api',
    'webhooks',
    'health',
    'metrics',
    'docs',
    'openapi',
    'assets',
    'static',
    'embed',
    'www',
    'admin',
  ],
  ...[
    'don',
    'dons',
    'mon-don',
    'boite-aux-lettres',
    'recu',
    'recus',
    'connexion',
    'deconnexion',
    'inscription',
    'compte',
    'tableau-de-bord',
  ],
  ...[
    'confidentialite',
    'donnees-personnelles',
    'mentions-legales',
    'aide',
    'help',
    'login',
    'logout',
    'signup',
    'dashboard',
  ],
  ...['favicon', 'robots', 'sitemap', 'obole', 'logo', 'verifier', 'verify', 'mollie'],
]);

/** `les-jardins-partages`: 2 to 60 lower-case letters, digits and single hyphens. */
export const slugSchema = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'Lower-case letters, digits and single hyphens between them.',
  });

/** An association's slug is the first segment of its pages' addresses. */
export const associationSlugSchema = slugSchema.refine((slug) => !RESERVED_SLUGS.has(slug), {
  error: 'This address is one of the site’s own.',
  params: { code: 'slug_reserved' },
});

/** A form's slug stands after its association's; a few pages stand there too. */
export const formSlugSchema = slugSchema.refine((slug) => !['donnees-personnelles', 'logo'].includes(slug), {
  error: 'This address is one of the site’s own.',
  params: { code: 'slug_reserved' },
});
