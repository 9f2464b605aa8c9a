import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RecordDonor, type DonorIdentity, type PostalAddress } from '../donors/index.js';
import { FormQueries, assertAmountAccepted, type Form } from '../forms/index.js';
import { newId } from '../kernel/ids.js';
import { Money, type MoneyJson } from '../kernel/money.js';
import { newScopedToken } from '../kernel/scoped-token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Donation, Frequency } from './donation.entity.js';
import { addressRequiredForReceipt, requestKeyReused } from './donations.errors.js';
import { DonationsRepository } from './donations.repository.js';
import { assertDonorFields } from './donor-fields.js';
import { GiftPayments } from './gift-payments.js';
import { OpenPlan } from './plans/open-plan.js';
import { frequencyNotOffered, tipOnlyOnce } from './plans/plans.errors.js';
import { assertTipAccepted } from './tip-rules.js';

export interface MakeDonationInput {
  /** The gift alone. */
  amount: MoneyJson;
  /** What the donor adds for the platform. */
  tip?: MoneyJson;
  frequency: Frequency;
  donor: DonorIdentity & { address?: PostalAddress };
  wantsReceipt: boolean;
  message?: string;
  displayName?: string;
  locale: 'fr' | 'en';
}

export interface MadeDonation {
  donation: Donation;
  checkoutUrl: string | null;
}

/**
 * A visitor gives. Donor, gift and payment attempt are written first; then the provider is asked; then its
 * answer is written. Whatever dies in between, the same request with the same key goes on where it stopped.
 */
@Injectable()
export class MakeDonation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormQueries,
    private readonly recordDonor: RecordDonor,
    private readonly donations: DonationsRepository,
    private readonly payments: GiftPayments,
    private readonly openPlan: OpenPlan,
  ) {}

  /**
   * @param requestKey one per intention to give: the Idempotency-Key, or the form's hidden key
   * @throws DomainError `form_not_found`, `validation_failed`, `idempotency_key_reused`,
   *   `payment_provider_unavailable` (nothing was debited, try again with the same key), `payment_refused_by_provider`
   */
  async run(
    associationId: string,
    formSlug: string,
    input: MakeDonationInput,
    requestKey: string = newId(),
  ): Promise<MadeDonation> {
    const { donation, attempt } = await this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getPublished(formSlug);
      await this.assertComplete(form, input);
      return this.writeDown(form, input, requestKey);
    });
    const checkoutUrl = await this.payments.open(associationId, attempt);
    return { donation, checkoutUrl };
  }

  private async assertComplete(form: Form, input: MakeDonationInput): Promise<void> {
    const amount = Money.fromJson(input.amount);
    assertAmountAccepted(form, amount);
    if (!form.frequencies.includes(input.frequency)) throw frequencyNotOffered();
    if (input.frequency !== 'once' && tipOf(input).isPositive()) throw tipOnlyOnce();
    if (tipOf(input).isPositive()) assertTipAccepted(amount, tipOf(input), await this.forms.offersTip(form));
    if (input.wantsReceipt && !input.donor.address) throw addressRequiredForReceipt();
    assertDonorFields(form.requiredDonorFields, input);
  }

  private async writeDown(form: Form, input: MakeDonationInput, requestKey: string) {
    const { donorId, addressId } = await this.recordDonor.run(input.donor, input.donor.address ?? null);
    const donation = {
      id: newId(),
      formId: form.id,
      donorId,
      donorAddressId: addressId,
      frequency: input.frequency,
      planId: input.frequency === 'once' ? null : newId(),
      amountCents: input.amount.cents,
      tipCents: tipOf(input).cents,
      currency: input.amount.currency,
      wantsReceipt: input.wantsReceipt,
      message: input.message ?? null,
      displayName: input.displayName ?? null,
      locale: input.locale,
      token: newScopedToken(form.associationId),
      requestKey: createHash('sha256').update(`${form.id} ${requestKey}`).digest('hex'),
    };
    if (!(await this.donations.insert(donation)))
      return this.takeUpAgain(donation.requestKey, input, donorId);
    const { planId, frequency } = donation;
    if (planId !== null && frequency !== 'once') await this.openPlan.run({ ...donation, planId, frequency });
    const attempt = await this.payments.create(donation, form.title);
    return { donation: { ...donation, state: 'pending' } as Donation, attempt };
  }

  /** The same request came before and did not get its answer: go on with what it wrote. */
  private async takeUpAgain(requestKey: string, input: MakeDonationInput, donorId: string) {
    const donation = (await this.donations.findByRequestKey(requestKey))!;
    const isSame =
      donation.amount.equals(Money.fromJson(input.amount)) &&
      donation.tip.equals(tipOf(input)) &&
      donation.frequency === input.frequency &&
      donation.donorId === donorId;
    if (!isSame) throw requestKeyReused();
    const attempt = await this.payments.latest(donation.id);
    return { donation, attempt };
  }
}

const tipOf = ({ amount, tip }: MakeDonationInput): Money =>
  tip ? Money.fromJson(tip) : Money.zero(amount.currency);
