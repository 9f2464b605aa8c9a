import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { MadeWith } from '../accounts/payment-accounts.js';
import type { SettlementParts } from '../providers/payment-provider.js';
import { SyncPayment } from '../sync-payment.js';
import { KnownParts } from './known-parts.js';
import { partKey, partsOf } from './match-settlement.js';
import { payoutsNeedConnection } from './payouts.errors.js';
import { PayoutsRepository } from './payouts.repository.js';
import { ReadSettlements } from './read-settlements.js';
import { RecordPayout } from './record-payout.js';

/** Takes over what the provider paid out since the last time. Each payout is imported once, whoever asks. */
@Injectable()
export class ImportPayouts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payouts: PayoutsRepository,
    private readonly settlements: ReadSettlements,
    private readonly known: KnownParts,
    private readonly syncPayment: SyncPayment,
    private readonly record: RecordPayout,
  ) {}

  /**
   * Outside any unit.
   * @returns the ids of the new payouts, oldest first
   * @throws DomainError `payouts_need_connection`, `payment_provider_unavailable`, `payment_refused_by_provider`
   */
  async run(associationId: string, actor: string): Promise<string[]> {
    const accounts = await this.uow.inTenant(associationId, () => this.payouts.connectedAccounts());
    if (accounts.length === 0) throw payoutsNeedConnection();
    const imported: string[] = [];
    for (const account of accounts) imported.push(...(await this.ofAccount(associationId, account, actor)));
    return imported;
  }

  private async ofAccount(
    associationId: string,
    account: MadeWith & { accountId: string },
    actor: string,
  ): Promise<string[]> {
    const { accountId } = account;
    const known = await this.uow.inTenant(associationId, () => this.payouts.importedSettlements());
    const imported: string[] = [];
    for (const settlement of await this.settlements.paidOut(associationId, account, known)) {
      const parts = await this.settlements.parts(associationId, account, settlement.id);
      await this.catchUp(associationId, parts);
      const id = await this.uow.inTenant(associationId, () =>
        this.record.run({ accountId, settlement, parts }, actor),
      );
      if (id !== undefined) imported.push(id);
    }
    return imported;
  }

  /** A webhook that was lost must not look like a difference: payments of ours that lag behind are read again first. */
  private async catchUp(associationId: string, parts: SettlementParts): Promise<void> {
    const known = await this.uow.inTenant(associationId, () => this.known.of(parts));
    const lagging = partsOf(parts).flatMap(({ kind, id, paymentId, moved }) => {
      const payment = known.get(partKey('payment', paymentId));
      const ours = known.get(partKey(kind, id));
      const isTold = ours && (moved.isPositive() && kind !== 'payment' ? ours.hasReturned : ours.hasMoved);
      return payment && !isTold ? [payment.rowId] : [];
    });
    for (const paymentId of new Set(lagging)) await this.syncPayment.run({ associationId, paymentId });
  }
}
