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
  payments: { fr: 'les paiements', en: 'payments' },
  refunds: { fr: 'les remboursements', en: 'refunds' },
  customers: { fr: 'les donateurs réguliers', en: 'customers' },
  mandates: { fr: 'les mandats de prélèvement', en: 'mandates' },
  subscriptions: { fr: 'les abonnements', en: 'subscriptions' },
  profiles: { fr: 'les profils de site', en: 'website profiles' },
  organizations: { fr: 'l’identité de l’organisation', en: 'the organisation’s identity' },
  onboarding: { fr: 'l’avancement du dossier', en: 'the onboarding status' },
  settlements: { fr: 'les versements', en: 'settlements' },
  balances: { fr: 'les soldes', en: 'balances' },
};
const VERBS: Record<string, { fr: string; en: string }> = {
  read: { fr: 'lire', en: 'read' },
  write: { fr: 'créer et modifier', en: 'create and change' },
};

/** "payments.write" in words; a scope nobody knows stays as it is. */
export function scopeInWords(scope: string, lang: 'fr' | 'en'): string {
  const [subject = '', verb = ''] = scope.split('.');
  const words = [VERBS[verb], SUBJECTS[subject]];
  return words.every((one) => one !== undefined) ? words.map((one) => one![lang]).join(' ') : scope;
}
