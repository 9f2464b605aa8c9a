import { Module } from '@nestjs/common';
import { AssociationsModule } from '../associations/index.js';
import { DonationsModule } from '../donations/index.js';
import { DonorsModule } from '../donors/index.js';
import { FormsModule } from '../forms/index.js';
import { MailingModule } from '../mailing/index.js';
import { PaymentsModule } from '../payments/index.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { ReceiptsModule } from '../receipts/index.js';
import { AssociationPageController } from './association-page.controller.js';
import { AssociationPageReader } from './association-page.reader.js';
import { DemoMailboxController } from './demo-mailbox.controller.js';
import { DonationStatusController } from './donation-status.controller.js';
import { MollieReturnController } from './mollie-return.controller.js';
import { PublicErrorPages } from './error-pages.js';
import { PublicFormLogoController } from './public-form-logo.controller.js';
import { GiftPageController } from './gift-page.controller.js';
import { GiftPageReader } from './gift-page.reader.js';
import { GiftProgressReader } from './gift-progress.reader.js';
import { GiftStatusController } from './gift-status.controller.js';
import { GiftStatusReader } from './gift-status.reader.js';
import { PageRequests } from './page-request.js';
import { ReceiptDownloadController } from './receipt-download.controller.js';
import { PlanChangesController, RefusedAmount } from './plan-changes.controller.js';
import { PlanChanges, PlanMending } from './plan-changes.js';
import { PlanPageController } from './plan-page.controller.js';
import { PlanPageReader } from './plan-page.reader.js';
import { PublicPageRenderer } from './render-pages.js';
import { SiteController } from './site.controller.js';
import { SubmitGift } from './submit-gift.js';

@Module({
  imports: [
    AssociationsModule,
    FormsModule,
    DonorsModule,
    DonationsModule,
    ReceiptsModule,
    MailingModule,
    PaymentsModule,
  ],
  controllers: [
    SiteController,
    DemoMailboxController,
    MollieReturnController,
    GiftStatusController,
    PlanPageController,
    PlanChangesController,
    ReceiptDownloadController,
    DonationStatusController,
    PublicFormLogoController,
    AssociationPageController,
    GiftPageController,
  ],
  providers: [
    PageRequests,
    GiftPageReader,
    GiftProgressReader,
    GiftStatusReader,
    PlanPageReader,
    PlanChanges,
    PlanMending,
    RefusedAmount,
    AssociationPageReader,
    SubmitGift,
    PublicErrorPages,
    {
      provide: PublicPageRenderer,
      inject: [TemplateEngine],
      useFactory: (engine: TemplateEngine) => new PublicPageRenderer(engine),
    },
  ],
})
export class PublicPagesModule {}
