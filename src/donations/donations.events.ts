import { defineEvent } from '../platform/events/domain-events.js';

/** Published in the transaction in which the gift's money became the association's. */
export const DonationPaid = defineEvent<{ associationId: string; donationId: string }>('donation.paid');
