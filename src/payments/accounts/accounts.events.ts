import { defineEvent } from '../../platform/events/domain-events.js';

export interface AccountDisconnectedPayload {
  associationId: string;
  accountId: string;
}

/** Mollie ended the association's consent: until it connects again no gift can be taken, and a person must know. */
export const AccountDisconnected = defineEvent<AccountDisconnectedPayload>('account.disconnected');
