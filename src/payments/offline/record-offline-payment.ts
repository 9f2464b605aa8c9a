import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { newScopedToken } from '../../kernel/scoped-token.js';
import { offlineGift, PostEntry, type OfflineMeans } from '../../ledger/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PaymentAccountQueries } from '../accounts/payment-account.queries.js';
import { MovePayment } from '../move-payment.js';
import type { IncomeAccount } from '../payment.entity.js';
import { PaymentsRepository } from '../payments.repository.js';

export interface OfflinePayment {
  reference: string;
  amount: Money;
  income: IncomeAccount;
  means: OfflineMeans;
  /** The day in Europe/Paris on which the money was given, by the rule of its means. */
  receivedOn: LegalDate;
  description: string;
  locale: 'fr' | 'en';
}

/** Money that no provider has seen becomes a payment like any other: paid from its first moment. */
@Injectable()
export class RecordOfflinePayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: PaymentAccountQueries,
    private readonly payments: PaymentsRepository,
    private readonly movePayment: MovePayment,
    private readonly post: PostEntry,
  ) {}

  /** In the transaction of what is paid for. */
  async run(paid: OfflinePayment): Promise<void> {
    const { id, paidAt } = await this.insert(paid);
    const payment = await this.payments.getForUpdate(id);
    await this.post.run({
      fact: 'offline_gift',
      source: { type: 'payment', id },
      occurredOn: paid.receivedOn,
      lines: offlineGift(paid.amount, paid.means, paid.income),
    });
    await this.movePayment.run(payment, 'paid', { method: paid.means, paidAt });
  }

  /**
   * Noon in Paris is that day under every clock that may read it. While the association tries the platform out with a
   * test account, its receipts are specimens, those of offline gifts too; without any account a cheque is real money.
   */
  private async insert(paid: OfflinePayment): Promise<{ id: string; paidAt: Date }> {
    const id = newId();
    const mode = (await this.accounts.mode()) ?? 'live';
    const [row] = await this.uow.query<{ paidAt: Date }>(
      `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, income_account, description, locale, token, provider, mode)
       VALUES ($1, $2, $3, 'created', $4, $5, $6, $7, $8, $9, 'offline', $10)
       RETURNING ($11::date + time '12:00') AT TIME ZONE 'Europe/Paris' AS "paidAt"`,
      [
        this.uow.associationId,
        id,
        paid.reference,
        paid.amount.cents,
        paid.amount.currency,
        paid.income,
        paid.description,
        paid.locale,
        newScopedToken(this.uow.associationId),
        mode,
        paid.receivedOn,
      ],
    );
    return { id, paidAt: row!.paidAt };
  }
}
