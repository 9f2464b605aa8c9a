import { Injectable } from '@nestjs/common';
import { RaiseAlert } from '../../alerts/index.js';
import { Journal } from '../../journal/index.js';
import { legalDate, type LegalDate } from '../../kernel/clock.js';
import { newId, publicId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import {
  PostEntry,
  payout,
  payoutDifference,
  providerFee,
  reversed,
  type LedgerFact,
  type PostingLine,
} from '../../ledger/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { KnownParts } from './known-parts.js';
import { matchSettlement, type MatchedPayout } from './match-settlement.js';
import { PayoutsRepository } from './payouts.repository.js';
import type { PaidOut } from './read-settlements.js';
import type { SettlementParts } from '../providers/payment-provider.js';

export interface ImportedSettlement {
  accountId: string;
  settlement: PaidOut;
  parts: SettlementParts;
}

/** Writes a payout down with its parts, and books it: the provider then holds what it says it holds. */
@Injectable()
export class RecordPayout {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payouts: PayoutsRepository,
    private readonly known: KnownParts,
    private readonly post: PostEntry,
    private readonly raiseAlert: RaiseAlert,
    private readonly journal: Journal,
  ) {}

  /** In a unit of the association. @returns the payout's id; undefined when it was imported before */
  async run(
    { accountId, settlement, parts }: ImportedSettlement,
    actor: string,
  ): Promise<string | undefined> {
    const matched = matchSettlement(settlement, parts, await this.known.of(parts));
    const { amount, costs, reference, id: providerSettlementId } = settlement;
    const id = newId();
    const settledOn = legalDate(settlement.settledAt);
    const isNew = await this.payouts.insert({
      associationId: this.uow.associationId,
      id,
      accountId,
      providerSettlementId,
      reference,
      amountCents: amount.cents,
      costsCents: costs.cents,
      explainedCents: matched.explained.cents,
      differenceCents: matched.difference.cents,
      currency: amount.currency,
      settledOn,
    });
    if (!isNew) return undefined;
    await this.payouts.insertParts(id, matched.parts);
    await this.book(id, settlement, matched, settledOn);
    await this.tell(id, matched, actor);
    return id;
  }

  private async book(
    id: string,
    { amount, costs, reference }: PaidOut,
    { explained }: MatchedPayout,
    occurredOn: LegalDate,
  ): Promise<void> {
    const post = (fact: LedgerFact, lines: PostingLine[]) =>
      this.post.run({
        fact,
        source: { type: 'payout', id },
        occurredOn,
        ...(fact === 'payout' && reference !== null && { label: `Versement du prestataire ${reference}` }),
        lines,
      });
    await post('provider_fee', inItsDirection(costs, providerFee));
    await post('payout', inItsDirection(amount, payout));
    await post('payout_difference', payoutDifference(explained.minus(costs), amount));
  }

  private async tell(id: string, { parts, difference }: MatchedPayout, actor: string): Promise<void> {
    const faults = parts.filter(({ fault }) => fault !== null).length;
    const subject = publicId('payout', id);
    if (!difference.isZero() || faults > 0) {
      const details = { difference: difference.toJSON(), faults };
      await this.raiseAlert.run({ kind: 'payout_difference', subject: { type: 'payout', id }, details });
    }
    await this.journal.record({ actor, action: 'payout.imported', subject, details: { faults } });
  }
}

/** A credit note of the provider is a cost below zero; the book knows positive amounts on either side. */
function inItsDirection(amount: Money, lines: (amount: Money) => PostingLine[]): PostingLine[] {
  return amount.cents < 0 ? reversed(lines(amount.minus(amount).minus(amount))) : lines(amount);
}
