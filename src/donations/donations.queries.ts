import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Money } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import { Donation } from './donation.entity.js';
import type { DonationState } from './donation.state.js';
import { DonationsRepository } from './donations.repository.js';

@Injectable()
export class DonationQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationsRepository,
  ) {}

  /** @throws DomainError `donation_not_found` */
  get(id: string): Promise<Donation> {
    return this.donations.get(id);
  }

  /** Holds the row until the unit ends. @throws DomainError `donation_not_found` */
  getForUpdate(id: string): Promise<Donation> {
    return this.donations.getForUpdate(id);
  }

  /** @throws DomainError `donation_not_found` */
  getByToken(token: string): Promise<Donation> {
    return this.donations.getByToken(token);
  }

  /** One row more than asked for: it tells whether there is a next page. */
  page(query: PageQuery & { status?: DonationState | undefined }): Promise<Donation[]> {
    return this.uow.manager.find(Donation, {
      where: {
        associationId: this.uow.associationId,
        id: LessThan(beforeId(query)),
        ...(query.status && { state: query.status }),
      },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
  }

  /** What a form has collected: counted from the gifts, never from a counter. */
  async collectedBy(formId: string): Promise<Money> {
    const [row] = await this.uow.query<{ cents: string }>(
      `SELECT COALESCE(sum(amount_cents), 0) AS cents FROM donations WHERE association_id = $1 AND form_id = $2 AND state = 'paid'`,
      [this.uow.associationId, formId],
    );
    return Money.of(Number(row!.cents));
  }
}
