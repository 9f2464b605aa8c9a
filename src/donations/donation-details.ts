import { Injectable } from '@nestjs/common';
import { DonorQueries } from '../donors/index.js';
import { Money } from '../kernel/money.js';
import { PaymentQueries } from '../payments/index.js';
import type { Donation } from './donation.entity.js';
import type { DonationDetails } from './donation.presenter.js';

/** Gathers what belongs to donations from the modules below, a constant number of queries for any number of gifts. */
@Injectable()
export class DonationDetailsReader {
  constructor(
    private readonly donors: DonorQueries,
    private readonly payments: PaymentQueries,
  ) {}

  async of(donations: Donation[]): Promise<Map<string, DonationDetails>> {
    const donors = await this.donors.byIds(donations.map(({ donorId }) => donorId));
    const addresses = await this.donors.addressesByIds(
      donations.flatMap(({ donorAddressId }) => donorAddressId ?? []),
    );
    const returned = await this.payments.returnedFor(donations.map(({ id }) => id));
    return new Map(
      donations.map((donation) => [
        donation.id,
        {
          donor: donors.get(donation.donorId)!,
          address: addresses.get(donation.donorAddressId ?? '') ?? null,
          refunded: returned.get(donation.id)?.refunded ?? Money.zero(donation.currency),
          chargedBack: returned.get(donation.id)?.chargedBack ?? Money.zero(donation.currency),
        },
      ]),
    );
  }
}
