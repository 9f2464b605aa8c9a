import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { providerSilent } from '../payments.errors.js';
import { AccountProvider, type ProviderOnboarding } from '../providers/account-provider.js';
import type { ProviderAnswer } from '../providers/payment-provider.js';
import { AccessTokens } from './access-tokens.js';
import { checkAccountJob } from './accounts.jobs.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';
import { onboardingColumns } from './read-organization.js';

interface Payload {
  associationId: string;
  accountId: string;
  [key: string]: string;
}

/** Has Mollie accepted the association meanwhile, and does the consent still hold? */
@Injectable()
@HandlesJob(checkAccountJob)
export class CheckAccountHandler implements JobHandler<Payload> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: MollieAccountsRepository,
    private readonly tokens: AccessTokens,
    private readonly provider: AccountProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ associationId, accountId }: Payload): Promise<void> {
    const answer = await this.ask(associationId, accountId);
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    const columns = answer.outcome === 'ok' ? onboardingColumns(answer.value) : {};
    await this.uow.inTenant(associationId, async () => {
      const account = await this.accounts.getForUpdate(accountId);
      await this.accounts.update(account, { ...columns, checkedAt: this.clock.now() });
    });
  }

  private async ask(associationId: string, accountId: string): Promise<ProviderAnswer<ProviderOnboarding>> {
    const access = await this.tokens.get(associationId, accountId);
    if (access.outcome !== 'ok') return access;
    const answer = await this.provider.onboarding(access.value);
    if (answer.outcome !== 'refused' || answer.code !== 'unauthorized') return answer;
    const renewed = await this.tokens.get(associationId, accountId, access.value);
    return renewed.outcome === 'ok' ? this.provider.onboarding(renewed.value) : renewed;
  }
}
