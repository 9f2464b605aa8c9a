import { Module } from '@nestjs/common';
import { AssociationsModule } from '../associations/index.js';
import { DonationsModule } from '../donations/index.js';
import { DonorsModule } from '../donors/index.js';
import { FormsModule } from '../forms/index.js';
import { MailingModule } from '../mailing/index.js';
import { PaymentsModule } from '../payments/index.js';
import { CancelReceipt } from './cancel-receipt.js';
import { IssueReceiptHandler } from './issue-receipt.handler.js';
import { IssueReceipt } from './issue-receipt.js';
import { NextNumber } from './next-number.js';
import { OnDonationPaid } from './on-donation-paid.js';
import { OnDisputeMoved, OnRefundMoved } from './on-money-returned.js';
import { ReceiptCases } from './receipt-case.js';
import './receipts.checks.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptQueries } from './receipts.queries.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { RenderReceiptHandler } from './render-receipt.handler.js';
import { ReviseReceiptHandler } from './revise-receipt.handler.js';
import { ReviseReceipt } from './revise-receipt.js';
import { TellDonorHandler } from './tell-donor.handler.js';
import { TellTreasurerHandler } from './tell-treasurer.handler.js';
import { ThankDonorHandler } from './thank-donor.handler.js';
import { ThankYouMailer } from './thank-you-mailer.js';
import { ThanksGiven } from './thanks-given.js';
import { ToldFacts } from './told-fact.js';

@Module({
  imports: [AssociationsModule, FormsModule, DonorsModule, PaymentsModule, DonationsModule, MailingModule],
  controllers: [ReceiptsController],
  providers: [
    ReceiptsRepository,
    ReceiptQueries,
    ReceiptCases,
    NextNumber,
    IssueReceipt,
    IssueReceiptHandler,
    CancelReceipt,
    ReviseReceipt,
    ReviseReceiptHandler,
    RenderReceiptHandler,
    ThankDonorHandler,
    ThankYouMailer,
    ThanksGiven,
    ToldFacts,
    TellDonorHandler,
    TellTreasurerHandler,
    OnDonationPaid,
    OnRefundMoved,
    OnDisputeMoved,
  ],
  exports: [ReceiptQueries],
})
export class ReceiptsModule {}
