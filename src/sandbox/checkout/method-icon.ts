import type { Method } from '../rules/methods.js';
import { markup } from './markup.js';

const SIGNS: Record<string, string> = {
  creditcard: 'CB',
  applepay: 'AP',
  paypal: 'PP',
  banktransfer: 'IBAN',
  bancontact: 'BC',
  directdebit: 'SEPA',
};

/** A plain sign with initials: the brands' own marks are theirs. */
export function methodIcon(method: Method): string {
  return markup`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="32"
    height="24"
    viewBox="0 0 32 24"
    role="img"
    aria-label="${method.names.fr}"
  >
    <rect x=".5" y=".5" width="31" height="23" rx="3" fill="#fffdf9" stroke="#8a8172" />
    <text
      x="16"
      y="16"
      font-family="sans-serif"
      font-size="10"
      font-weight="bold"
      text-anchor="middle"
      fill="#26231e"
    >
      ${SIGNS[method.id] ?? '€'}
    </text>
  </svg>`.text;
}
