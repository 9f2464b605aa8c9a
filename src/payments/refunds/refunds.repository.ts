import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { moveRow, recordBirth, type StatefulTable } from '../../platform/database/move-row.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../../platform/http/pagination.js';
import { Refund } from './refund.entity.js';
import type { RefundState } from './refund.state.js';
import { refundNotFound } from './refunds.errors.js';

const REFUNDS: StatefulTable = {
  table: 'payment_refunds',
  events: 'payment_refund_events',
  owner: 'refund_id',
};

export type NewRefund = Pick<Refund, 'id' | 'paymentId' | 'origin' | 'state' | 'amountCents' | 'currency'> &
  Partial<Refund>;

const UNKNOWN = {
  reason: null,
  requestedBy: null,
  requestKey: null,
  providerRefundId: null,
  providerStatus: null,
  sendingAt: null,
  sendAgainAt: null,
  failureReason: null,
  settledAt: null,
};

export interface RefundsFilter {
  payment?: string | undefined;
  status?: RefundState | undefined;
}

/** A refund is changed by whoever holds its payment's row: that lock covers all that belongs to the payment. */
@Injectable()
export class RefundsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `refund_not_found` */
  async get(id: string): Promise<Refund> {
    const refund = await this.rows.findOneBy({ associationId: this.uow.associationId, id });
    if (!refund) throw refundNotFound();
    return refund;
  }

  findByRequestKey(requestKey: string): Promise<Refund | null> {
    return this.rows.findOneBy({ associationId: this.uow.associationId, requestKey });
  }

  /** Oldest first. */
  ofPayment(paymentId: string): Promise<Refund[]> {
    return this.ofPayments([paymentId]);
  }

  /** Oldest first. */
  ofPayments(paymentIds: string[]): Promise<Refund[]> {
    return this.rows.find({
      where: { associationId: this.uow.associationId, paymentId: In(paymentIds) },
      order: { id: 'ASC' },
    });
  }

  /** One row more than asked for. */
  page(query: PageQuery & RefundsFilter): Promise<Refund[]> {
    const where = {
      associationId: this.uow.associationId,
      id: LessThan(beforeId(query)),
      ...(query.payment !== undefined && { paymentId: query.payment }),
      ...(query.status !== undefined && { state: query.status }),
    };
    return this.rows.find({ where, order: { id: 'DESC' }, take: query.limit + 1 });
  }

  /** With its first event. */
  async insert(refund: NewRefund): Promise<Refund> {
    const row = this.rows.create({ ...UNKNOWN, ...refund, associationId: this.uow.associationId });
    await this.rows.insert(row);
    await recordBirth(this.uow, REFUNDS, row);
    return row;
  }

  async update(refund: Refund, changes: Partial<Refund>): Promise<void> {
    Object.assign(refund, changes);
    await this.rows.update({ associationId: refund.associationId, id: refund.id }, changes);
  }

  async move(refund: Refund, changes: Partial<Refund> & Pick<Refund, 'state'>): Promise<void> {
    await moveRow(this.uow, REFUNDS, refund, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Refund);
  }
}
