import { Injectable } from '@nestjs/common';
import { ProviderCalls } from '../accounts/provider-calls.js';
import { providerRefused, providerSilent } from '../payments.errors.js';
import { PaymentProvider, type ProviderMandate } from '../providers/payment-provider.js';
import type { Mandate } from './mandate.entity.js';

const GONE = new Set(['gone', 'not_found']);

/** Asks the provider about a mandate whose ids are known. Outside any transaction. */
@Injectable()
export class ReadMandate {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly calls: ProviderCalls,
  ) {}

  /** @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider` */
  async run(mandate: Mandate): Promise<ProviderMandate | 'gone' | 'unknown'> {
    const answer = await this.calls.make(mandate.associationId, mandate, 'get_mandate', (account) =>
      this.provider.getMandate(account, mandate.providerCustomerId!, mandate.providerMandateId!),
    );
    if (answer.outcome === 'ok') return answer.value;
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.code === 'gone') return 'gone';
    // With another key or account than before, every mandate is unknown: that ends none.
    if (answer.code === 'not_found') return 'unknown';
    throw providerRefused(answer.code, answer.detail);
  }

  /** Being told that it is gone is as good. @throws DomainError as above */
  async revoke(mandate: Mandate): Promise<void> {
    const answer = await this.calls.make(mandate.associationId, mandate, 'revoke_mandate', (account) =>
      this.provider.revokeMandate(account, mandate.providerCustomerId!, mandate.providerMandateId!),
    );
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.outcome === 'refused' && !GONE.has(answer.code))
      throw providerRefused(answer.code, answer.detail);
  }
}
