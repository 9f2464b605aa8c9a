/**
 * The beneficiaries of form 2041-RD, cerfa n° 11580*05 (impots.gouv.fr, file of 6 March 2023), in its order and
 * words. `formWording` is the whole line of the form with its blanks (……); `printed` the part a receipt carries:
 * {fact} is filled in, and [[…]] is left out when its optional fact is unknown (« le cas échéant »).
 *
 * `mayCertify978`: the closed list of CGI art. 978 I. An ordinary association, even one of public utility, and an
 * endowment fund are not in it. Where one line of the form joins bodies that are inside and outside the list, it
 * is refused here: those inside have a line of their own.
 */
export const LEGAL_CATEGORY_FORM = { version: '11580*05', publishedOn: '2023-03-06' } as const;

export const GENERAL_INTEREST_WORDING =
  'Œuvre ou organisme d’intérêt général ayant un caractère philanthropique, éducatif, scientifique, social, humanitaire, sportif, familial, culturel ou concourant à la mise en valeur du patrimoine artistique, à la défense de l’environnement naturel ou à la diffusion de la culture, de la langue et des connaissances scientifiques françaises :';

/** otherText: free text, at most 160 characters. All other facts are days. */
export type LegalCategoryFact = 'decreeOn' | 'officialJournalOn' | 'orderOn' | 'approvedOn' | 'otherText';

export interface LegalCategory {
  /** Number of the line in the form, from the top. */
  box: number;
  /** Is it one of the choices inside the first line, « Précisez si vous êtes »? */
  withinGeneralInterest: boolean;
  formWording: string;
  printed: string;
  required: readonly LegalCategoryFact[];
  optional: readonly LegalCategoryFact[];
  mayCertify978: boolean;
}

type Extras = Partial<Pick<LegalCategory, 'printed' | 'required' | 'optional' | 'mayCertify978'>>;

function line(box: number, formWording: string, extras: Extras = {}): LegalCategory {
  return {
    box,
    formWording,
    withinGeneralInterest: false,
    printed: formWording,
    required: [],
    optional: [],
    mayCertify978: false,
    ...extras,
  };
}

function choice(formWording: string, extras: Extras = {}): LegalCategory {
  return { ...line(1, formWording, extras), withinGeneralInterest: true };
}

/** One sentence of the form covers three bodies; each prints the half that is its own. */
const PUBLIC_UTILITY =
  'Association ou fondation reconnue d’utilité publique par décret en date du ……/……/…… publié au Journal officiel du ……/……/……. ou association située dans le département de la Moselle, du Bas-Rhin ou du Haut-Rhin dont la mission a été reconnue d’utilité publique par arrêté en date du ……/……/……';
const BY_DECREE = {
  printed:
    'Association ou fondation reconnue d’utilité publique par décret en date du {decreeOn} publié au Journal officiel du {officialJournalOn}',
  required: ['decreeOn', 'officialJournalOn'],
} as const;

const IN_CLOSED_LIST = { mayCertify978: true } as const;

export const LEGAL_CATEGORIES = {
  'general_interest.association_1901': choice('Association loi 1901'),
  public_utility: choice(PUBLIC_UTILITY, BY_DECREE),
  public_utility_foundation: choice(PUBLIC_UTILITY, { ...BY_DECREE, ...IN_CLOSED_LIST }),
  public_utility_alsace_moselle: choice(PUBLIC_UTILITY, {
    printed:
      'Association située dans le département de la Moselle, du Bas-Rhin ou du Haut-Rhin dont la mission a été reconnue d’utilité publique par arrêté en date du {orderOn}',
    required: ['orderOn'],
  }),
  university_or_partnership_foundation: choice(
    'Fondation universitaire ou fondation partenariale mentionnées respectivement aux articles L.719-12 et L.719-13 du code de l’éducation',
    IN_CLOSED_LIST,
  ),
  company_foundation: choice('Fondation d’entreprise'),
  museum_of_france: choice('Musée de France'),
  food_care_or_housing: choice(
    'Organisme sans but lucratif fournissant gratuitement une aide alimentaire ou des soins médicaux à des personnes en difficultés ou favorisant leur logement',
  ),
  forestry: choice(
    'Communes, syndicats intercommunaux ou mixtes de gestion forestière, groupements syndicaux forestiers visés au f ter du 1 de l’article 200 du CGI.',
  ),
  'general_interest.other': choice('Autres (précisez) ……', {
    printed: 'Autres (précisez) : {otherText}',
    required: ['otherText'],
  }),
  worship: line(2, 'Association cultuelle et établissement public reconnus d’Alsace–Moselle'),
  endowment_fund: line(3, 'Fonds de dotation'),
  press_pluralism: line(
    4,
    'Association d’intérêt général exerçant des actions concrètes en faveur du pluralisme de la presse, par la prise de participations minoritaires, l’octroi de subventions ou encore de prêts bonifiés à des entreprises de presse',
  ),
  higher_or_artistic_education: line(
    5,
    'Etablissement d’enseignement supérieur ou d’enseignement artistique public ou privé, d’intérêt général, à but non lucratif',
    IN_CLOSED_LIST,
  ),
  consular_higher_education: line(
    6,
    'Etablissement d’enseignement supérieur consulaire prévu à l’article L.711-17 du code de commerce',
    IN_CLOSED_LIST,
  ),
  small_business_support: line(
    7,
    'Organisme agréé ayant pour objectif exclusif d’accorder des aides financières ou de fournir des prestations d’accompagnement à des petites et moyennes entreprises',
  ),
  performing_or_contemporary_arts: line(
    8,
    'Organisme public ou privé dont la gestion est désintéressée et qui a pour activité principale la présentation au public d’œuvres dramatiques, lyriques, musicales, chorégraphiques, cinématographiques, audiovisuelles et de cirque ou l’organisation d’expositions d’art contemporain',
  ),
  heritage_monuments: line(
    9,
    'Fondation du patrimoine ou fondation ou association reconnue d’utilité publique qui subventionnent des travaux sur des monuments historiques dans le cadre de conventions prévues à l’article L. 143-2-1 et L 143-15 du code du patrimoine. Le cas échéant, date de l’agrément par le ministre chargé du budget : …..…/…..…./…..……',
    {
      printed:
        'Fondation du patrimoine ou fondation ou association reconnue d’utilité publique qui subventionnent des travaux sur des monuments historiques dans le cadre de conventions prévues à l’article L. 143-2-1 et L 143-15 du code du patrimoine. [[Date de l’agrément par le ministre chargé du budget : {approvedOn}]]',
      optional: ['approvedOn'],
    },
  ),
  cultural_property_in_armed_conflict: line(
    10,
    'Organisme ayant pour objet la sauvegarde, contre les effets d’un conflit armé, des biens culturels mentionnés à l’article 1er de la Convention du 14 mai 1954 pour la protection des biens culturels en cas de conflit armé',
  ),
  research_institution: line(
    11,
    'Etablissement de recherche public ou privé, d’intérêt général, à but non lucratif',
    IN_CLOSED_LIST,
  ),
  insertion_enterprise: line(
    12,
    'Entreprise d’insertion ou entreprise de travail temporaire d’insertion (articles L. 5132-5 et L. 5132-6 du code du travail)',
    IN_CLOSED_LIST,
  ),
  intermediary_association: line(
    13,
    'Association intermédiaire (article L.5132-7 du code du travail)',
    IN_CLOSED_LIST,
  ),
  insertion_workshops: line(
    14,
    'Ateliers et chantiers d’insertion (article L.5132-15 du code du travail)',
    IN_CLOSED_LIST,
  ),
  adapted_enterprise: line(15, 'Entreprises adaptées (article L.5213-13 du code du travail)', IN_CLOSED_LIST),
  national_research_agency: line(16, 'Agence nationale de la recherche (ANR)', IN_CLOSED_LIST),
  employer_group_for_insertion: line(
    17,
    'Groupement d’employeurs pour l’insertion et la qualification mentionné à l’article L.1253-1 du code du travail',
    IN_CLOSED_LIST,
  ),
  business_creation_support: line(
    18,
    'Association reconnue d’utilité publique de financement et d’accompagnement de la création et de la reprise d’entreprises',
    IN_CLOSED_LIST,
  ),
  european_body: line(
    19,
    'Organisme établi dans un Etat membre de l’Union européenne autre que la France poursuivant des objectifs et présentant des caractéristiques similaires aux organismes précités. Le cas échéant, date de l’agrément ....../……/……',
    {
      printed:
        'Organisme établi dans un Etat membre de l’Union européenne autre que la France poursuivant des objectifs et présentant des caractéristiques similaires aux organismes précités. [[Date de l’agrément : {approvedOn}]]',
      optional: ['approvedOn'],
    },
  ),
} satisfies Record<string, LegalCategory>;

export type LegalCategoryCode = keyof typeof LEGAL_CATEGORIES;
