import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { MadeWith } from '../accounts/payment-accounts.js';
import { ProviderCalls } from '../accounts/provider-calls.js';
import { PaymentProvider, type PaymentSequence, type ProviderAnswer } from '../providers/payment-provider.js';
import { MandatesRepository } from './mandates.repository.js';

/** How the provider knows whom it charges. */
export interface ProviderHolder {
  customerId: string | null;
  mandateId: string | null;
}

interface Charged extends MadeWith {
  sequence: PaymentSequence;
  mandateId: string | null;
  locale: 'fr' | 'en';
  /** Read together with the attempt, where it was. */
  holder?: ProviderHolder;
}

type Answer = ProviderAnswer<ProviderHolder>;

const NOBODY: Answer = { outcome: 'ok', value: { customerId: null, mandateId: null } };
const MISSING: Answer = {
  outcome: 'refused',
  code: 'mandate_missing',
  field: 'mandateId',
  detail: 'The provider never told of a mandate.',
};

/** Whom a payment is made for at the provider. Outside any transaction. */
@Injectable()
export class ProviderMandates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandatesRepository,
    private readonly provider: PaymentProvider,
    private readonly calls: ProviderCalls,
  ) {}

  /** Before a `first` payment the customer is made; the mandate's id as idempotency key makes it one. */
  async of(associationId: string, attempt: Charged): Promise<Answer> {
    const { sequence, mandateId } = attempt;
    if (sequence === 'oneoff' || mandateId === null) return NOBODY;
    const holder = attempt.holder ?? (await this.read(associationId, mandateId));
    if (sequence === 'recurring')
      return holder.customerId !== null && holder.mandateId !== null
        ? { outcome: 'ok', value: holder }
        : MISSING;
    if (holder.customerId !== null) return { outcome: 'ok', value: { ...holder, mandateId: null } };
    return this.makeCustomer(associationId, mandateId, attempt);
  }

  private read(associationId: string, mandateId: string): Promise<ProviderHolder> {
    return this.uow.inTenant(associationId, async () => {
      const mandate = await this.mandates.get(mandateId);
      return { customerId: mandate.providerCustomerId, mandateId: mandate.providerMandateId };
    });
  }

  private async makeCustomer(associationId: string, mandateId: string, attempt: Charged): Promise<Answer> {
    const locale = attempt.locale === 'fr' ? 'fr_FR' : 'en_GB';
    const made = await this.calls.make(associationId, attempt, 'create_customer', (account) =>
      this.provider.createCustomer(account, { idempotencyKey: mandateId, reference: mandateId, locale }),
    );
    if (made.outcome !== 'ok') return made;
    const { id } = made.value;
    const { customerId } = await this.uow.inTenant(associationId, async () => {
      await this.mandates.keepCustomer(mandateId, id);
      return { customerId: (await this.mandates.get(mandateId)).providerCustomerId };
    });
    return { outcome: 'ok', value: { customerId, mandateId: null } };
  }
}
