import { Injectable } from '@nestjs/common';
import { legalDate } from '../kernel/clock.js';
import {
  giftSettled,
  LedgerQueries,
  moneyReturned,
  PostEntry,
  reversed,
  tipTaken,
  type GiftParts,
  type LedgerEntry,
  type PostingLine,
} from '../ledger/index.js';
import type { Money } from '../kernel/money.js';
import type { Payment } from './payment.entity.js';
import { partsLeft, partsOfReturn } from './return-parts.js';

/** Money that goes back to a donor: one of our rows. */
export interface Returning {
  type: 'refund' | 'dispute';
  id: string;
  amount: Money;
}

const UNDONE = { refund: 'refund_failed', dispute: 'dispute_won' } as const;

/** What happens to payments, said to the ledger in the running transaction. */
@Injectable()
export class PaymentBook {
  constructor(
    private readonly post: PostEntry,
    private readonly ledger: LedgerQueries,
  ) {}

  /** The provider holds the money, and has taken the contribution to the platform from it. Offline gifts are booked by whoever enters them. */
  async settled(payment: Payment): Promise<void> {
    if (payment.provider === 'offline') return;
    const fee = payment.applicationFee;
    const occurredOn = legalDate(payment.paidAt!);
    const source = { type: 'payment', id: payment.id };
    const lines = giftSettled({ ...partsOf(payment), income: payment.incomeAccount });
    await this.post.run({ fact: 'gift_settled', source, occurredOn, lines });
    if (fee.isPositive()) await this.post.run({ fact: 'tip', source, occurredOn, lines: tipTaken(fee) });
  }

  /**
   * A correction of an offline gift is booked by whoever corrects it.
   * @param earlier every other refund and dispute of the payment
   */
  async returned(payment: Payment, what: Returning, at: Date, earlier: Returning[]): Promise<void> {
    if (payment.provider === 'offline') return;
    const left = await this.left(payment, earlier);
    await this.post.run({
      fact: what.type,
      source: sourceOf(what),
      occurredOn: legalDate(at),
      lines: moneyReturned({ ...partsOfReturn(what.amount, left), income: payment.incomeAccount }),
    });
  }

  /** The money is back: exactly what was booked is booked the other way round. */
  async undone(what: Returning, at: Date): Promise<void> {
    const entry = (await this.entriesOf(what)).find(({ fact }) => fact === what.type);
    if (!entry) return;
    await this.post.run({
      fact: UNDONE[what.type],
      source: sourceOf(what),
      occurredOn: legalDate(at),
      lines: reversed(postingLines(entry)),
    });
  }

  private async left(payment: Payment, earlier: Returning[]): Promise<GiftParts> {
    const whole = partsOf(payment);
    if (whole.tip.isZero()) return whole;
    const entries: LedgerEntry[] = [];
    for (const one of earlier) entries.push(...(await this.entriesOf(one)));
    return partsLeft(whole, payment.incomeAccount, entries);
  }

  private entriesOf(what: Returning): Promise<LedgerEntry[]> {
    return this.ledger.ofSource(sourceOf(what));
  }
}

function sourceOf({ type, id }: Returning) {
  return { type, id };
}

function partsOf(payment: Payment): GiftParts {
  return { gift: payment.amount.minus(payment.applicationFee), tip: payment.applicationFee };
}

function postingLines({ lines }: LedgerEntry): PostingLine[] {
  return lines.map(({ account, debit, credit }) =>
    debit.isZero() ? { account, credit } : { account, debit },
  );
}
