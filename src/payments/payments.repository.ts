import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { assignments } from '../platform/database/assignments.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Payment } from './payment.entity.js';
import { paymentNotFound } from './payments.errors.js';

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

  /** The new state, what is learned with it, and the event, in one statement. */
  async move(payment: Payment, changes: Partial<Payment> & Pick<Payment, 'state'>): Promise<void> {
    const from = payment.state;
    const set = assignments(changes, 6);
    await this.uow.execute(
      `WITH moved AS (UPDATE payments SET ${set.sql} WHERE association_id = $1 AND id = $3)
       INSERT INTO payment_events (association_id, id, payment_id, from_state, to_state) VALUES ($1, $2, $3, $4, $5)`,
      [payment.associationId, newId(), payment.id, from, changes.state, ...set.values],
    );
    Object.assign(payment, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Payment);
  }

  private found(payment: Payment | null): Payment {
    if (!payment) throw paymentNotFound();
    return payment;
  }
}
