import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RecordDonor, type DonorIdentity, type PostalAddress } from '../../donors/index.js';
import { FormQueries } from '../../forms/index.js';
import { legalDate, type Clock, type LegalDate } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Money, type MoneyJson } from '../../kernel/money.js';
import { newScopedToken } from '../../kernel/scoped-token.js';
import type { OfflineMeans } from '../../ledger/index.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { addressRequiredForReceipt, requestKeyReused } from '../donations.errors.js';
import { DonationsRepository } from '../donations.repository.js';
import { assertReceivedOn } from './gift-days.js';
import { KeepOfflineDonation } from './keep-offline-donation.js';

export interface OfflineDonationInput {
  amount: MoneyJson;
  means: OfflineMeans;
  /** Cheque and cash: the day they were handed over, or came by post. Transfer: the day it was credited. */
  receivedOn: LegalDate;
  donor: DonorIdentity & { address?: PostalAddress | undefined };
  wantsReceipt: boolean;
  /** Inner id of the form that it counts for. */
  formId: string | null;
  chequeNumber: string | null;
  bankName: string | null;
  note: string | null;
  locale: 'fr' | 'en';
}

/** A treasurer writes down a gift that came by cheque, in cash or by transfer. It is paid, thanked for and receipted as any other. */
@Injectable()
export class EnterOfflineDonation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormQueries,
    private readonly recordDonor: RecordDonor,
    private readonly donations: DonationsRepository,
    private readonly keep: KeepOfflineDonation,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param requestKey one per gift: the Idempotency-Key
   * @returns the donation's id, that of the first time when the same request comes again
   * @throws DomainError `validation_failed`, `form_not_found`, `idempotency_key_reused`
   */
  run(
    associationId: string,
    input: OfflineDonationInput,
    actor: string,
    requestKey: string = newId(),
  ): Promise<string> {
    const amount = Money.fromJson(input.amount);
    const key = createHash('sha256').update(`offline ${requestKey}`).digest('hex');
    return this.uow.inTenant(associationId, async () => {
      const id = newId();
      assertReceivedOn(input.receivedOn, legalDate(this.clock.now()));
      if (input.wantsReceipt && !input.donor.address) throw addressRequiredForReceipt();
      if (input.formId !== null) await this.forms.get(input.formId);
      const { donorId, addressId } = await this.recordDonor.run(input.donor, input.donor.address ?? null);
      const isNew = await this.donations.insert({
        id,
        formId: input.formId,
        donorId,
        donorAddressId: addressId,
        frequency: 'once',
        planId: null,
        amountCents: amount.cents,
        tipCents: 0,
        currency: amount.currency,
        wantsReceipt: input.wantsReceipt,
        message: null,
        displayName: null,
        locale: input.locale,
        token: newScopedToken(associationId),
        requestKey: key,
      });
      if (!isNew) return this.earlier(key, amount);
      await this.keep.run({ ...input, donationId: id, amount, enteredBy: actor });
      return id;
    });
  }

  private async earlier(key: string, amount: Money): Promise<string> {
    const donation = (await this.donations.findByRequestKey(key))!;
    if (!donation.amount.equals(amount)) throw requestKeyReused();
    return donation.id;
  }
}
