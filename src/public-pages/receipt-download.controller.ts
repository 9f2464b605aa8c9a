import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DonationQueries } from '../donations/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Public } from '../platform/http/access.js';
import { sendFile } from '../platform/http/send-file.js';
import { ReceiptQueries } from '../receipts/index.js';
import { GiftProgressReader } from './gift-progress.reader.js';

/** The receipt's stored bytes, for who holds the gift's token. */
@ApiExcludeController()
@Public()
@Controller('don/:token/recu.pdf')
export class ReceiptDownloadController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly progress: GiftProgressReader,
    private readonly donations: DonationQueries,
    private readonly receipts: ReceiptQueries,
  ) {}

  @Get()
  async pdf(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const pdf = await this.uow.inTenant(this.progress.association(token), async () => {
      const { id } = await this.donations.getByToken(token);
      return this.receipts.pdfOfDonation(id);
    });
    await sendFile(reply, pdf);
  }
}
