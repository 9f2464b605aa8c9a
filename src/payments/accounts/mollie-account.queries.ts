import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { keyMode } from '../providers/mollie-account.mapper.js';
import type { MollieStanding } from './mollie-account.presenter.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';

/** How the association stands with Mollie. In a unit of the association. */
@Injectable()
export class MollieAccountQueries {
  constructor(
    private readonly accounts: MollieAccountsRepository,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async standing(): Promise<MollieStanding> {
    const { apiKey, app } = this.config.mollie;
    return {
      current: await this.accounts.findCurrent(),
      waiting: await this.accounts.findWithoutProfile(),
      installationMode: apiKey === null ? null : keyMode(apiKey),
      canConnect: app !== null,
    };
  }
}
