import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { innerId } from '../kernel/ids.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers, AnswersFile } from '../platform/http/answers.js';
import { toPage } from '../platform/http/pagination.js';
import { sendFile } from '../platform/http/send-file.js';
import { QueryParams } from '../platform/http/zod-body.js';
import type { Receipt } from './receipt.entity.js';
import { presentReceipt } from './receipt.presenter.js';
import { receiptPage, receiptResponse, receiptsQuery } from './receipts.dto.js';
import { ReceiptQueries } from './receipts.queries.js';
import { ReceiptsRepository, type ReceiptLife } from './receipts.repository.js';

@ApiTags('Receipts')
@Controller('v1/receipts')
export class ReceiptsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptsRepository,
    private readonly queries: ReceiptQueries,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, receiptPage)
  list(@CurrentCaller() caller: Caller, @QueryParams(receiptsQuery) query: z.output<typeof receiptsQuery>) {
    return this.uow.inTenant(caller.associationId, async () => {
      const found = await this.receipts.page(query);
      const lives = await this.receipts.livesOf(found);
      return toPage(found, query, (receipt) => this.present(receipt, lives));
    });
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, receiptResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.uow.inTenant(caller.associationId, async () => {
      const receipt = await this.receipts.get(innerId('receipt', id));
      return this.present(receipt, await this.receipts.livesOf([receipt]));
    });
  }

  @Get(':id/pdf')
  @Allow('reader')
  @AnswersFile('application/pdf')
  async pdf(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.uow.inTenant(caller.associationId, async () =>
      this.queries.pdf(await this.receipts.get(innerId('receipt', id))),
    );
    await sendFile(reply, pdf);
  }

  private present(receipt: Receipt, lives: Map<string, ReceiptLife>) {
    return presentReceipt(receipt, lives.get(receipt.id)!, this.config.http.publicUrl);
  }
}
