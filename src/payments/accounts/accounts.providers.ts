import { Inject, Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { version } from '../../platform/config/version.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { assertNoTransaction } from '../../platform/database/ambient-unit.js';
import { AccountProvider } from '../providers/account-provider.js';
import { MollieAccounts } from '../providers/mollie-accounts.js';
import { AccessTokens } from './access-tokens.js';
import { BeginConnect } from './begin-connect.js';
import { CheckAccountHandler } from './check-account.handler.js';
import { CheckAccountsHandler } from './check-accounts.handler.js';
import { ChooseProfile } from './choose-profile.js';
import { DisconnectAccount } from './disconnect-account.js';
import { AlertDisconnected } from './alert-disconnected.js';
import { EndConsent } from './end-consent.js';
import { FinishConnect } from './finish-connect.js';
import { KeepAccount } from './keep-account.js';
import { KeepConnection } from './keep-connection.js';
import { MollieAccountQueries } from './mollie-account.queries.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';
import { PaymentAccounts } from './payment-accounts.js';
import { MailDisconnected } from './mail-disconnected.js';
import { ProviderCalls } from './provider-calls.js';
import { ReadOrganization } from './read-organization.js';
import { redirectUri } from './redirect-uri.js';
import { RefreshAccess } from './refresh-access.js';
import { SealedFields } from './sealed-fields.js';
import { SetApiKey } from './set-api-key.js';

@Injectable()
class AccountProviderLifecycle implements OnApplicationShutdown {
  constructor(@Inject(AccountProvider) private readonly provider: AccountProvider) {}

  onApplicationShutdown(): void {
    this.provider.close();
  }
}

export const accountProviders: Provider[] = [
  MollieAccountsRepository,
  MollieAccountQueries,
  SealedFields,
  EndConsent,
  AlertDisconnected,
  RefreshAccess,
  AccessTokens,
  PaymentAccounts,
  ProviderCalls,
  KeepAccount,
  SetApiKey,
  BeginConnect,
  ReadOrganization,
  KeepConnection,
  FinishConnect,
  ChooseProfile,
  DisconnectAccount,
  CheckAccountHandler,
  CheckAccountsHandler,
  MailDisconnected,
  AccountProviderLifecycle,
  {
    provide: SecretBox,
    inject: [APP_CONFIG],
    useFactory: ({ secretsKeys }: AppConfig) => new SecretBox(secretsKeys),
  },
  {
    provide: AccountProvider,
    inject: [APP_CONFIG],
    useFactory: (config: AppConfig) =>
      new MollieAccounts({
        apiUrl: config.mollie.apiUrl,
        extraCaPem: config.mollie.extraCaPem ?? undefined,
        timeoutMs: config.mollie.timeoutMs,
        versionString: `Obole/${version}`,
        app: config.mollie.app,
        redirectUri: redirectUri(config),
        assertNoTransaction,
      }),
  },
];
