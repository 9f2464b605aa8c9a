import { BENCH_CENTS } from './bench-provider.js';

const LAST_NAMES = [
  'Martin',
  'Lefèvre',
  'Nguyễn',
  'El Amrani',
  'Достоевская',
  'Παπαδοπούλου',
  'de La Tour d’Auvergne',
];

let made = 0;

/** A gift as the API takes it: another donor each time, with an address and a receipt, which is the longest way. */
export function newGift() {
  const number = ++made;
  return {
    amount: { cents: BENCH_CENTS, currency: 'EUR' as const },
    frequency: 'once' as const,
    donor: {
      kind: 'individual' as const,
      firstName: `Zoé ${number}`,
      lastName: LAST_NAMES[number % LAST_NAMES.length]!,
      email: `zoe.${process.pid}.${number}@example.org`,
      address: {
        line1: `${(number % 300) + 1}, place de la Liberté`,
        postalCode: '75020',
        city: 'Paris',
        country: 'FR',
      },
    },
    wantsReceipt: true,
    locale: 'fr' as const,
  };
}
