import { Injectable } from '@nestjs/common';
import { moveRow, type StatefulTable } from '../../platform/database/move-row.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { MadeWith } from '../accounts/payment-accounts.js';
import { Mandate } from './mandate.entity.js';
import { mandateNotFound } from './mandates.errors.js';

const MANDATES: StatefulTable = {
  table: 'payment_mandates',
  events: 'payment_mandate_events',
  owner: 'mandate_id',
};

@Injectable()
export class MandatesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `mandate_not_found` */
  async get(id: string): Promise<Mandate> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, id }));
  }

  /** Holds the row until the unit ends. @throws DomainError `mandate_not_found` */
  async getForUpdate(id: string): Promise<Mandate> {
    return found(
      await this.rows.findOne({
        where: { associationId: this.uow.associationId, id },
        lock: { mode: 'pessimistic_write' },
      }),
    );
  }

  async insert(mandate: Pick<Mandate, 'id' | 'holder'> & MadeWith): Promise<void> {
    await this.uow.execute(
      `INSERT INTO payment_mandates (association_id, id, holder, state, account_id, mode, profile_id, organization_id)
       VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7)`,
      [
        this.uow.associationId,
        mandate.id,
        mandate.holder,
        mandate.accountId,
        mandate.mode,
        mandate.profileId,
        mandate.organizationId,
      ],
    );
  }

  /** The customer that the provider made; asked twice at once, it told both the same. */
  async keepCustomer(id: string, providerCustomerId: string): Promise<void> {
    await this.uow.execute(
      `UPDATE payment_mandates SET provider_customer_id = $3
        WHERE association_id = $1 AND id = $2 AND provider_customer_id IS NULL`,
      [this.uow.associationId, id, providerCustomerId],
    );
  }

  /** The mandate that a paid payment says it made. */
  async keepProviderId(id: string, paymentId: string): Promise<void> {
    await this.uow.execute(
      `UPDATE payment_mandates m SET provider_mandate_id = p.provider_mandate_id FROM payments p
        WHERE m.association_id = $1 AND m.id = $2 AND m.provider_mandate_id IS NULL
          AND p.association_id = $1 AND p.id = $3 AND p.mandate_id = m.id AND p.provider_mandate_id IS NOT NULL`,
      [this.uow.associationId, id, paymentId],
    );
  }

  async update(mandate: Mandate, changes: Partial<Mandate>): Promise<void> {
    Object.assign(mandate, changes);
    await this.rows.update({ associationId: mandate.associationId, id: mandate.id }, changes);
  }

  async move(mandate: Mandate, changes: Partial<Mandate> & Pick<Mandate, 'state'>): Promise<void> {
    await moveRow(this.uow, MANDATES, mandate, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Mandate);
  }
}

function found(mandate: Mandate | null): Mandate {
  if (!mandate) throw mandateNotFound();
  return mandate;
}
