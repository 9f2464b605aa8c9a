import { Injectable } from '@nestjs/common';
import { moveRow, type StatefulTable } from '../platform/database/move-row.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Donation } from './donation.entity.js';
import { donationNotFound } from './donations.errors.js';

export type NewDonation = Pick<
  Donation,
  | 'id'
  | 'formId'
  | 'donorId'
  | 'donorAddressId'
  | 'frequency'
  | 'planId'
  | 'amountCents'
  | 'tipCents'
  | 'currency'
  | 'wantsReceipt'
  | 'message'
  | 'displayName'
  | 'locale'
  | 'token'
  | 'requestKey'
>;

const DONATIONS: StatefulTable = { table: 'donations', events: 'donation_events', owner: 'donation_id' };

@Injectable()
export class DonationsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `donation_not_found` */
  async get(id: string): Promise<Donation> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, id }));
  }

  /** Holds the row until the unit ends. @throws DomainError `donation_not_found` */
  async getForUpdate(id: string): Promise<Donation> {
    return found(
      await this.rows.findOne({
        where: { associationId: this.uow.associationId, id },
        lock: { mode: 'pessimistic_write' },
      }),
    );
  }

  /** @throws DomainError `donation_not_found` */
  async getByToken(token: string): Promise<Donation> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, token }));
  }

  findByRequestKey(requestKey: string): Promise<Donation | null> {
    return this.rows.findOneBy({ associationId: this.uow.associationId, requestKey });
  }

  /** @returns false when this request made a donation already */
  async insert(donation: NewDonation): Promise<boolean> {
    const inserted = await this.uow.execute(
      `INSERT INTO donations (association_id, id, form_id, donor_id, donor_address_id, state, frequency, amount_cents, tip_cents, currency,
                              wants_receipt, message, display_name, locale, token, request_key, plan_id)
       VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       ON CONFLICT ON CONSTRAINT donations_request_unique DO NOTHING`,
      [
        this.uow.associationId,
        donation.id,
        donation.formId,
        donation.donorId,
        donation.donorAddressId,
        donation.frequency,
        donation.amountCents,
        donation.tipCents,
        donation.currency,
        donation.wantsReceipt,
        donation.message,
        donation.displayName,
        donation.locale,
        donation.token,
        donation.requestKey,
        donation.planId,
      ],
    );
    return inserted === 1;
  }

  async move(donation: Donation, changes: Partial<Donation> & Pick<Donation, 'state'>): Promise<void> {
    await moveRow(this.uow, DONATIONS, donation, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Donation);
  }
}

function found(donation: Donation | null): Donation {
  if (!donation) throw donationNotFound();
  return donation;
}
