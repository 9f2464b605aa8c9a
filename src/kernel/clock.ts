/** The only source of "now". Tests set it; nothing else calls `new Date()` for the present. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A calendar day, "2026-11-22". Legal dates are days in Europe/Paris, never instants. */
export type LegalDate = string;

const parisDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Europe/Paris of an instant: 31 December 23:30 UTC is already 1 January. */
export function legalDate(instant: Date): LegalDate {
  return parisDay.format(instant);
}

export function legalYear(instant: Date): number {
  return Number(legalDate(instant).slice(0, 4));
}
