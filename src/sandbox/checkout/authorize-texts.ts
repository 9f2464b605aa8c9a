/** What people read where an application asks to be let in. */
export interface AuthorizeTexts {
  lang: 'fr' | 'en';
  banner: string;
  bannerMore: string;
  title: string;
  asks: string;
  sendsBackTo: string;
  mayDo: string;
  organization: string;
  other: string;
  otherHint: string;
  allow: string;
  deny: string;
  choose: string;
  brokenTitle: string;
  broken: Record<'client' | 'redirect', string>;
}

const fr: AuthorizeTexts = {
  lang: 'fr',
  banner: 'Bac à sable : aucun argent réel ne circule.',
  bannerMore: 'Cette page remplace celle du prestataire de paiement.',
  title: 'Autoriser une application',
  asks: 'demande l’accès à un compte de paiement.',
  sendsBackTo: 'Vous reviendrez ensuite à',
  mayDo: 'Elle pourra',
  organization: 'Organisation à relier',
  other: 'Une autre organisation',
  otherHint: 'Son nom, si elle n’est pas dans la liste',
  allow: 'Autoriser',
  deny: 'Refuser',
  choose: 'Choisissez une organisation, ou donnez le nom d’une autre.',
  brokenTitle: 'Demande incomplète',
  broken: {
    client: 'Aucune application ne se nomme ainsi. Revenez au site d’où vous venez.',
    redirect: 'L’adresse de retour manque ou n’est pas une adresse web. Revenez au site d’où vous venez.',
  },
};

const en: AuthorizeTexts = {
  lang: 'en',
  banner: 'Sandbox: no real money moves.',
  bannerMore: 'This page stands in for the payment provider’s.',
  title: 'Authorise an application',
  asks: 'asks for access to a payment account.',
  sendsBackTo: 'You will then go back to',
  mayDo: 'It will be able to',
  organization: 'Organisation to connect',
  other: 'Another organisation',
  otherHint: 'Its name, if it is not in the list',
  allow: 'Authorise',
  deny: 'Refuse',
  choose: 'Choose an organisation, or give the name of another.',
  brokenTitle: 'Incomplete request',
  broken: {
    client: 'No application goes by this name. Go back to the site you came from.',
    redirect: 'The return address is missing or is no web address. Go back to the site you came from.',
  },
};

/** French, unless another language was asked for. */
export function authorizeTextsFor(locale: string | undefined): AuthorizeTexts {
  return locale === undefined || locale.startsWith('fr') ? fr : en;
}

const SUBJECTS: Record<string, { fr: string; en: string }> = {
  payments: { fr: 'Paiements', en: 'Payments' },
  refunds: { fr: 'Remboursements', en: 'Refunds' },
  customers: { fr: 'Donateurs réguliers', en: 'Customers' },
  mandates: { fr: 'Mandats de prélèvement', en: 'Mandates' },
  subscriptions: { fr: 'Abonnements', en: 'Subscriptions' },
  profiles: { fr: 'Profils de site', en: 'Website profiles' },
  organizations: { fr: 'Identité de l’organisation', en: 'Organisation' },
  onboarding: { fr: 'Avancement du dossier', en: 'Onboarding' },
  settlements: { fr: 'Versements', en: 'Settlements' },
  balances: { fr: 'Soldes', en: 'Balances' },
};
const VERBS: Record<string, { fr: string; en: string }> = {
  read: { fr: 'lire', en: 'read' },
  write: { fr: 'créer et modifier', en: 'create and change' },
};

/** One line a subject: « Paiements : lire, créer et modifier ». A scope that nobody knows stays as it is. */
export function scopesInWords(scopes: readonly string[], lang: 'fr' | 'en'): string[] {
  const lines = new Map<string, string[]>();
  for (const scope of scopes) {
    const [subject, verb] = scope.split('.').map((part, i) => (i === 0 ? SUBJECTS : VERBS)[part]?.[lang]);
    const isKnown = subject !== undefined && verb !== undefined;
    const line = isKnown ? subject : scope;
    lines.set(line, [...(lines.get(line) ?? []), ...(isKnown ? [verb] : [])]);
  }
  const colon = lang === 'fr' ? '\u00a0: ' : ': ';
  return [...lines].map(([line, verbs]) =>
    [line, verbs.join(', ')].filter((part) => part !== '').join(colon),
  );
}
