import { Injectable } from '@nestjs/common';
import type { MadeWith } from '../accounts/payment-accounts.js';
import { ProviderCalls } from '../accounts/provider-calls.js';
import { providerRefused, providerSilent } from '../payments.errors.js';
import {
  PaymentProvider,
  type ProviderAccount,
  type ProviderAnswer,
  type ProviderSettlement,
  type SettlementParts,
} from '../providers/payment-provider.js';

export type PaidOut = ProviderSettlement & { settledAt: Date };

/** A payout may hang at the bank for days while later ones arrive: a long row of known ones ends the list, not the first. */
const ENOUGH_KNOWN = 50;

/** Reads an account's settlements, outside any transaction. */
@Injectable()
export class ReadSettlements {
  constructor(
    private readonly calls: ProviderCalls,
    private readonly provider: PaymentProvider,
  ) {}

  /**
   * Those that have arrived and are not imported, oldest first.
   * @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider`
   */
  async paidOut(associationId: string, made: MadeWith, imported: ReadonlySet<string>): Promise<PaidOut[]> {
    let knownInARow = 0;
    const isFarEnough = (id: string): boolean => {
      knownInARow = imported.has(id) ? knownInARow + 1 : 0;
      return knownInARow >= ENOUGH_KNOWN;
    };
    const told = await this.ask(associationId, made, 'list_settlements', (account) =>
      this.provider.listSettlements(account, isFarEnough),
    );
    return told.filter((one) => isPaidOut(one) && !imported.has(one.id)).reverse() as PaidOut[];
  }

  /** @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider` */
  parts(associationId: string, made: MadeWith, settlementId: string): Promise<SettlementParts> {
    return this.ask(associationId, made, 'get_settlement_parts', (account) =>
      this.provider.settlementParts(account, settlementId),
    );
  }

  private async ask<T>(
    associationId: string,
    made: MadeWith,
    name: string,
    call: (account: ProviderAccount) => Promise<ProviderAnswer<T>>,
  ): Promise<T> {
    const answer = await this.calls.make(associationId, made, name, call);
    if (answer.outcome === 'ok') return answer.value;
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    throw providerRefused(answer.code, answer.detail);
  }
}

/** What is still on its way may change, or come back. */
function isPaidOut({ status, settledAt }: ProviderSettlement): boolean {
  return status === 'paidout' && settledAt !== null;
}
