import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../platform/events/domain-events.js';
import type { Donation } from './donation.entity.js';
import { donationMachine, type DonationState } from './donation.state.js';
import { DonationPaid } from './donations.events.js';
import { DonationsRepository } from './donations.repository.js';

/** The only place where a donation changes its state. */
@Injectable()
export class MoveDonation {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly events: DomainEvents,
  ) {}

  /**
   * @param donation locked by the caller in the running unit
   * @returns false when the donation was there already
   * @throws DomainError `donation_transition_refused`
   */
  async run(donation: Donation, to: DonationState, facts: Partial<Donation> = {}): Promise<boolean> {
    const from = donation.state;
    if (from === to) return false;
    donationMachine.assertMove(from, to);
    await this.donations.move(donation, { ...facts, state: to });
    if (to === 'paid') {
      await this.events.publish(DonationPaid, {
        associationId: donation.associationId,
        donationId: donation.id,
      });
    }
    return true;
  }
}
