import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { AlertsModule } from './alerts/index.js';
import { AssociationsModule } from './associations/index.js';
import { makeDataSource } from './data-source.js';
import { DonationsModule } from './donations/index.js';
import { DonorsModule } from './donors/index.js';
import { FormsModule } from './forms/index.js';
import { JournalModule } from './journal/index.js';
import { LedgerModule } from './ledger/index.js';
import { MailingModule } from './mailing/index.js';
import { PaymentsModule } from './payments/index.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { AppConfig } from './platform/config/app-config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IntegrityModule } from './platform/integrity/integrity.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { TemplatesModule } from './platform/templates/templates.module.js';
import { PublicPagesModule } from './public-pages/index.js';
import { ReceiptsModule } from './receipts/index.js';

/** Everything, from the lowest level to the highest. Web and worker are the same house with other doors open. */
@Module({})
export class AppModule {
  static forConfig(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(makeDataSource),
        PlatformModule,
        QueueModule,
        HttpModule,
        IntegrityModule,
        TemplatesModule,
        JournalModule,
        LedgerModule,
        AlertsModule,
        MailingModule,
        AssociationsModule,
        AccountsModule,
        DonorsModule,
        PaymentsModule,
        FormsModule,
        DonationsModule,
        ReceiptsModule,
        PublicPagesModule,
      ],
    };
  }
}
