import { Injectable } from '@nestjs/common';
import type { OfflineMeans } from '../../ledger/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { PageQuery } from '../../platform/http/pagination.js';
import { DonationDetailsReader } from '../donation-details.js';
import { DonationQueries } from '../donations.queries.js';
import type { OfflineDonation } from './offline-donation.js';
import type { OfflineDonationView } from './offline-donation.presenter.js';
import { OfflineDonationsRepository } from './offline-donations.repository.js';

/** Offline gifts with what belongs to them, a constant number of queries for any number. */
@Injectable()
export class OfflineDonationsReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly offline: OfflineDonationsRepository,
    private readonly donations: DonationQueries,
    private readonly details: DonationDetailsReader,
  ) {}

  /** @throws DomainError `offline_donation_not_found` */
  one(associationId: string, donationId: string): Promise<OfflineDonationView> {
    return this.uow.inTenant(associationId, async () => {
      const [view] = await this.views([await this.offline.get(donationId)]);
      return view!;
    });
  }

  /** One more than asked for. */
  page(
    associationId: string,
    query: PageQuery & { means?: OfflineMeans | undefined; toDeposit: boolean },
  ): Promise<Array<OfflineDonationView & { id: string }>> {
    return this.uow.inTenant(associationId, async () => this.views(await this.offline.page(query)));
  }

  private async views(rows: OfflineDonation[]): Promise<Array<OfflineDonationView & { id: string }>> {
    const donations = await this.donations.byIds(rows.map(({ donationId }) => donationId));
    const details = await this.details.of([...donations.values()]);
    return rows.map((offline) => ({
      id: offline.donationId,
      offline,
      donation: donations.get(offline.donationId)!,
      details: details.get(offline.donationId)!,
    }));
  }
}
