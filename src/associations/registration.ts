import type { FieldError } from '../kernel/domain-error.js';

/**
 * The number under which the State knows an association; a receipt carries exactly one (form 2041-RD, note 1).
 * Numbers are stored without spaces; SIREN and RNA never stand for one another, and neither is compulsory.
 */
export type Registration =
  | { type: 'rna'; number: string }
  | { type: 'siren'; number: string }
  /** Bas-Rhin, Haut-Rhin, Moselle: no RNA there, but the register of a court, as its clerk writes it. */
  | { type: 'alsace_moselle'; court: string; number: string };

export const REGISTRATION_TYPES = ['rna', 'siren', 'alsace_moselle'] as const;

/** What a person typed; nothing of it is trusted. */
export interface RegistrationInput {
  type: string;
  number?: string;
  court?: string;
}

export type RegistrationResult =
  { registration: Registration; faults?: undefined } | { registration?: undefined; faults: FieldError[] };

const TEXT_MAX = 80;

/** Normalises and checks a registration. Pointers of the faults start at the input ("/number", "/court"). */
export function parseRegistration(input: RegistrationInput): RegistrationResult {
  switch (input.type) {
    case 'rna':
      return parseRna(input.number ?? '');
    case 'siren':
      return parseSiren(input.number ?? '');
    case 'alsace_moselle':
      return parseCourtRegister(input);
    default:
      return fault('/type', 'registration_type_unknown', 'Choose RNA, SIREN or the register of a court.');
  }
}

/** The RNA gives digits since 2009; older numbers may carry letters: right, but worth a second look. */
export function isUnusualRna(number: string): boolean {
  return !/^W\d{9}$/.test(number);
}

/** Luhn's key: every second digit from the right is doubled, the digits of the whole sum up to a ten. */
export function hasLuhnKey(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** What the receipt prints after « Numéro SIREN ou RNA »: « 123 456 782 », « W751234567 », « volume 91, folio 12, … ». */
export function printedRegistration(registration: Registration): string {
  switch (registration.type) {
    case 'rna':
      return registration.number;
    case 'siren':
      return registration.number.replace(/(\d{3})(?=\d)/g, '$1 ');
    case 'alsace_moselle':
      return `${registration.number}, ${registration.court}`;
  }
}

function parseRna(text: string): RegistrationResult {
  const number = withoutSpaces(text).toUpperCase();
  if (!/^W[0-9A-Z]{9}$/.test(number)) {
    return fault(
      '/number',
      'rna_malformed',
      'An RNA number is W and nine characters, for example W751234567.',
    );
  }
  return { registration: { type: 'rna', number } };
}

function parseSiren(text: string): RegistrationResult {
  const number = withoutSpaces(text);
  if (!/^\d{9}$/.test(number)) {
    return fault('/number', 'siren_malformed', 'A SIREN number has nine digits; a SIRET has fourteen.');
  }
  if (number === '000000000' || !hasLuhnKey(number)) {
    return fault(
      '/number',
      'siren_key_wrong',
      'This SIREN number has a typing error: its last digit, the key, does not fit.',
    );
  }
  return { registration: { type: 'siren', number } };
}

function parseCourtRegister(input: RegistrationInput): RegistrationResult {
  const number = oneLine(input.number);
  const court = oneLine(input.court);
  const faults: FieldError[] = [];
  for (const [pointer, text] of [
    ['/number', number],
    ['/court', court],
  ] as const) {
    if (text === '')
      faults.push({ pointer, code: 'required', detail: 'The register needs its number and its court.' });
    else if (text.length > TEXT_MAX) {
      faults.push({ pointer, code: 'too_long', detail: `At most ${TEXT_MAX} characters.` });
    }
  }
  return faults.length > 0 ? { faults } : { registration: { type: 'alsace_moselle', court, number } };
}

function fault(pointer: string, code: string, detail: string): RegistrationResult {
  return { faults: [{ pointer, code, detail }] };
}

/** People copy numbers from letters and sites: spaces of all kinds, dots and dashes come along. */
function withoutSpaces(text: string): string {
  return text.replace(/[\s.\u2010-\u2015-]/gu, '');
}

function oneLine(text: string | undefined): string {
  return (text ?? '').replace(/\s+/gu, ' ').trim();
}
