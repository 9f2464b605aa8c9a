import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import type { ProviderAccount, ProviderMode } from './providers/payment-provider.js';

/**
 * With which account an association's payments are made and read. Today the installation has one key;
 * an association's own Mollie account will be looked up here, and nowhere else.
 */
@Injectable()
export class PaymentAccounts {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  current(): ProviderAccount & { mode: ProviderMode } {
    const { apiKey } = this.config.mollie;
    return { apiKey, mode: apiKey.startsWith('live_') ? 'live' : 'test' };
  }
}
