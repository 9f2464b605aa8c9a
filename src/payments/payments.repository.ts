import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { moveRow, type StatefulTable } from '../platform/database/move-row.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import { Payment } from './payment.entity.js';
import type { PaymentState } from './payment.state.js';
import { paymentNotFound } from './payments.errors.js';

const PAYMENTS: StatefulTable = { table: 'payments', events: 'payment_events', owner: 'payment_id' };

@Injectable()
export class PaymentsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `payment_not_found` */
  async get(id: string): Promise<Payment> {
    return this.found(await this.rows.findOneBy({ associationId: this.uow.associationId, id }));
  }

  /** Holds the row until the unit ends. @throws DomainError `payment_not_found` */
  async getForUpdate(id: string): Promise<Payment> {
    return this.found(
      await this.rows.findOne({
        where: { associationId: this.uow.associationId, id },
        lock: { mode: 'pessimistic_write' },
      }),
    );
  }

  /** One row more than asked for. */
  page(query: PageQuery & { reference?: string | undefined; status?: PaymentState | undefined }) {
    const where = {
      associationId: this.uow.associationId,
      id: LessThan(beforeId(query)),
      ...(query.reference !== undefined && { reference: query.reference }),
      ...(query.status !== undefined && { state: query.status }),
    };
    return this.rows.find({ where, order: { id: 'DESC' }, take: query.limit + 1 });
  }

  /** Newest first. */
  ofReference(reference: string): Promise<Payment[]> {
    return this.rows.find({
      where: { associationId: this.uow.associationId, reference },
      order: { id: 'DESC' },
    });
  }

  async insert(
    payment: Pick<
      Payment,
      | 'id'
      | 'reference'
      | 'amountCents'
      | 'currency'
      | 'description'
      | 'locale'
      | 'returnUrl'
      | 'token'
      | 'mode'
      | 'applicationFeeCents'
      | 'incomeAccount'
      | 'sequence'
      | 'mandateId'
      | 'accountId'
      | 'profileId'
      | 'organizationId'
    >,
  ) {
    await this.uow.execute(
      `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, return_url, token, provider, mode,
                             application_fee_cents, income_account, sequence, mandate_id, account_id, profile_id, organization_id)
       VALUES ($1, $2, $3, 'created', $4, $5, $6, $7, $8, $9, 'mollie', $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        this.uow.associationId,
        payment.id,
        payment.reference,
        payment.amountCents,
        payment.currency,
        payment.description,
        payment.locale,
        payment.returnUrl,
        payment.token,
        payment.mode,
        payment.applicationFeeCents,
        payment.incomeAccount,
        payment.sequence,
        payment.mandateId,
        payment.accountId,
        payment.profileId,
        payment.organizationId,
      ],
    );
  }

  async update(payment: Payment, changes: Partial<Payment>): Promise<void> {
    Object.assign(payment, changes);
    await this.rows.update({ associationId: payment.associationId, id: payment.id }, changes);
  }

  /** The sweep looks at it again by then at the latest. */
  async lookBy(payment: Payment, at: Date): Promise<void> {
    if (payment.nextSyncAt === null || payment.nextSyncAt > at)
      await this.update(payment, { nextSyncAt: at });
  }

  async move(payment: Payment, changes: Partial<Payment> & Pick<Payment, 'state'>): Promise<void> {
    await moveRow(this.uow, PAYMENTS, payment, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Payment);
  }

  private found(payment: Payment | null): Payment {
    if (!payment) throw paymentNotFound();
    return payment;
  }
}
