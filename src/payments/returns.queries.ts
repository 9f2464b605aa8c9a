import { Injectable } from '@nestjs/common';
import { Money, type Currency } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { DisputeState, RefundState } from './payments.events.js';

/** Money on its way back, or taken back, as mails and receipts need to know it. Nothing personal. */
export interface ReturnedAmount<State> {
  amount: Money;
  state: State;
  /** Of a refund: the provider's code of its failure. Of a dispute: the bank's code and words, when it gave any. */
  reason: string | null;
}

export interface RefundOrigin {
  /** `correction`: an entry of ours that undoes a gift no provider has seen; nobody is paid back by it. */
  origin: 'obole' | 'external' | 'correction';
}

type Row<State> = { cents: string; currency: Currency; state: State; reason: string | null };

@Injectable()
export class ReturnQueries {
  constructor(private readonly uow: UnitOfWork) {}

  async refund(id: string): Promise<ReturnedAmount<RefundState> & RefundOrigin> {
    const [row] = await this.uow.query<Row<RefundState> & RefundOrigin>(
      `SELECT amount_cents AS cents, currency, state, failure_reason AS reason, origin FROM payment_refunds
        WHERE association_id = $1 AND id = $2`,
      [this.uow.associationId, id],
    );
    return { ...returned(row!), origin: row!.origin };
  }

  async dispute(id: string): Promise<ReturnedAmount<DisputeState>> {
    const [row] = await this.uow.query<Row<DisputeState>>(
      `SELECT amount_cents AS cents, currency, state, reason FROM payment_disputes WHERE association_id = $1 AND id = $2`,
      [this.uow.associationId, id],
    );
    return returned(row!);
  }
}

function returned<State>({ cents, currency, state, reason }: Row<State>): ReturnedAmount<State> {
  return { amount: Money.of(Number(cents), currency), state, reason };
}
