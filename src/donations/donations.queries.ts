import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { Money } from '../kernel/money.js';
import { ReceivedMoneyQueries } from '../payments/index.js';
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
    private readonly received: ReceivedMoneyQueries,
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

  async byIds(ids: string[]): Promise<Map<string, Donation>> {
    const donations = await this.uow.manager.findBy(Donation, {
      associationId: this.uow.associationId,
      id: In(ids),
    });
    return new Map(donations.map((donation) => [donation.id, donation]));
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

  /** What a form has collected and kept: counted from the gifts and their money, never from a counter. */
  async collectedBy(formId: string): Promise<Money> {
    const kept = await this.received.diminished();
    const [row] = await this.uow.query<{ cents: string }>(
      `SELECT COALESCE(sum(least(d.amount_cents, COALESCE(back.kept, d.amount_cents))), 0) AS cents
         FROM donations d
         LEFT JOIN unnest($3::uuid[], $4::bigint[]) AS back (id, kept) ON back.id = d.id
        WHERE d.association_id = $1 AND d.form_id = $2 AND d.state = 'paid'`,
      [this.uow.associationId, formId, [...kept.keys()], [...kept.values()].map(({ cents }) => cents)],
    );
    return Money.of(Number(row!.cents));
  }
}
