import type { LegalDate } from '../../kernel/clock.js';
import { defineEvent } from '../../platform/events/domain-events.js';
import type { MandateState } from './mandate.state.js';

export interface MandateMovedPayload {
  associationId: string;
  mandateId: string;
  /** Whose it is. */
  holder: string;
  /** The same as `to` when only the card's last day was learned. */
  from: MandateState;
  to: MandateState;
  cardExpiresOn: LegalDate | null;
}

/** Published in the transaction in which a mandate's state, or the last day of its card, is learned. */
export const MandateMoved = defineEvent<MandateMovedPayload>('mandate.moved');
