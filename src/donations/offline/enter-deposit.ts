import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { legalDate, type Clock, type LegalDate } from '../../kernel/clock.js';
import { publicId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { offlineDeposit, PostEntry } from '../../ledger/index.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DonationsRepository } from '../donations.repository.js';
import { assertDepositedOn } from './gift-days.js';
import type { OfflineDonation } from './offline-donation.js';
import { OfflineDonationsRepository, type NewDeposit } from './offline-donations.repository.js';
import {
  alreadyDeposited,
  correctedGift,
  mixedMeans,
  notDepositable,
  offlineDonationNotFound,
} from './offline.errors.js';

export interface DepositInput {
  /** Inner ids. */
  donationIds: string[];
  depositedOn: LegalDate;
  reference: string | null;
}

export interface Deposit extends NewDeposit {
  id: string;
  total: Money;
}

/** Cheques or cash are brought to the bank: one slip, one line of the bank's statement, one entry. */
@Injectable()
export class EnterDeposit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationsRepository,
    private readonly offline: OfflineDonationsRepository,
    private readonly post: PostEntry,
    private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `offline_donation_not_found`, `already_deposited`, `offline_donation_corrected`,
   *   `validation_failed` with `mixed_means`, `not_depositable`, `in_the_future`, `before_received`
   */
  run(associationId: string, input: DepositInput, actor: string): Promise<Deposit> {
    return this.uow.inTenant(associationId, async () => {
      const donationIds = [...new Set(input.donationIds)].sort();
      await this.known(donationIds);
      const total = await this.lockedTotal(donationIds);
      const gifts = await this.known(donationIds);
      const means = commonMeans(gifts);
      assertDepositedOn(
        input.depositedOn,
        legalDate(this.clock.now()),
        gifts.map(({ receivedOn }) => receivedOn),
      );
      const deposit = { ...input, donationIds, means, enteredBy: actor };
      const id = await this.offline.insertDeposit(deposit);
      await this.post.run({
        fact: 'offline_deposit',
        source: { type: 'deposit', id },
        occurredOn: input.depositedOn,
        lines: offlineDeposit(total, means),
      });
      await this.journal.record({
        actor,
        action: 'deposit.entered',
        subject: publicId('deposit', id),
        details: { donations: donationIds.map((donation) => publicId('donation', donation)) },
      });
      return { ...deposit, id, total };
    });
  }

  private async known(donationIds: string[]): Promise<OfflineDonation[]> {
    const gifts = await this.offline.byIds(donationIds);
    if (gifts.length !== donationIds.length) throw offlineDonationNotFound();
    return gifts;
  }

  /** The rows are held, in one order for all: a gift is not deposited while it is being corrected. */
  private async lockedTotal(donationIds: string[]): Promise<Money> {
    const amounts: Money[] = [];
    for (const id of donationIds) amounts.push((await this.donations.getForUpdate(id)).amount);
    return amounts.reduce((sum, amount) => sum.plus(amount));
  }
}

function commonMeans(gifts: OfflineDonation[]): NewDeposit['means'] {
  if (gifts.some(({ deposit }) => deposit !== null)) throw alreadyDeposited();
  if (gifts.some(({ correction }) => correction !== null)) throw correctedGift();
  const means = new Set(gifts.map((gift) => gift.means));
  const [only] = means;
  if (means.has('transfer') || only === undefined || only === 'transfer') throw notDepositable();
  if (means.size > 1) throw mixedMeans();
  return only;
}
