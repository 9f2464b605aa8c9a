import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { moveRow, recordBirth, type StatefulTable } from '../../platform/database/move-row.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../../platform/http/pagination.js';
import { Dispute } from './dispute.entity.js';
import type { DisputeState } from './dispute.state.js';
import { disputeNotFound } from './disputes.errors.js';

const DISPUTES: StatefulTable = {
  table: 'payment_disputes',
  events: 'payment_dispute_events',
  owner: 'dispute_id',
};

export type NewDispute = Pick<
  Dispute,
  'id' | 'paymentId' | 'providerChargebackId' | 'state' | 'amountCents' | 'currency' | 'reason' | 'createdAt'
>;

export interface DisputesFilter {
  payment?: string | undefined;
  status?: DisputeState | undefined;
}

/** A dispute is changed by whoever holds its payment's row: that lock covers all that belongs to the payment. */
@Injectable()
export class DisputesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `dispute_not_found` */
  async get(id: string): Promise<Dispute> {
    const dispute = await this.rows.findOneBy({ associationId: this.uow.associationId, id });
    if (!dispute) throw disputeNotFound();
    return dispute;
  }

  /** Oldest first. */
  ofPayment(paymentId: string): Promise<Dispute[]> {
    return this.ofPayments([paymentId]);
  }

  /** Oldest first. */
  ofPayments(paymentIds: string[]): Promise<Dispute[]> {
    return this.rows.find({
      where: { associationId: this.uow.associationId, paymentId: In(paymentIds) },
      order: { id: 'ASC' },
    });
  }

  /** One row more than asked for. */
  page(query: PageQuery & DisputesFilter): Promise<Dispute[]> {
    const where = {
      associationId: this.uow.associationId,
      id: LessThan(beforeId(query)),
      ...(query.payment !== undefined && { paymentId: query.payment }),
      ...(query.status !== undefined && { state: query.status }),
    };
    return this.rows.find({ where, order: { id: 'DESC' }, take: query.limit + 1 });
  }

  /** With its first event. */
  async insert(dispute: NewDispute): Promise<Dispute> {
    const row = this.rows.create({
      ...dispute,
      reversedAt: null,
      associationId: this.uow.associationId,
    });
    await this.rows.insert(row);
    await recordBirth(this.uow, DISPUTES, row);
    return row;
  }

  async move(dispute: Dispute, changes: Partial<Dispute> & Pick<Dispute, 'state'>): Promise<void> {
    await moveRow(this.uow, DISPUTES, dispute, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Dispute);
  }
}
