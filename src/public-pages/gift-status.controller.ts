import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RetryDonation } from '../donations/index.js';
import { legalDate, type Clock } from '../kernel/clock.js';
import { DomainError } from '../kernel/domain-error.js';
import { CLOCK } from '../platform/clock.token.js';
import { Public } from '../platform/http/access.js';
import { GiftProgressReader } from './gift-progress.reader.js';
import { presentGiftStatus, presentProgress } from './gift-status.presenter.js';
import { GiftStatusReader } from './gift-status.reader.js';
import { PageRequests } from './page-request.js';
import { secretPageHeaders } from './page-headers.js';
import { PublicPageRenderer } from './render-pages.js';

/** The donor's own page of one gift. Its address is the secret: no cookie, no account. */
@ApiExcludeController()
@Public()
@Controller('don/:token')
export class GiftStatusController {
  constructor(
    private readonly progress: GiftProgressReader,
    private readonly reader: GiftStatusReader,
    private readonly retry: RetryDonation,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answered = await this.progress.refresh(token);
    const facts = await this.reader.read(token);
    const view = presentGiftStatus(facts, legalDate(this.clock.now()), answered);
    const html = this.renderer.giftStatus(view, this.requests.context(request, facts.donation.locale));
    await reply.headers(secretPageHeaders(this.requests)).send(html);
  }

  /** Asked by the page's script until the answer is another than the page shows. */
  @Get('etat')
  async state(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const progress = presentProgress(await this.progress.read(token));
    await reply.header('cache-control', 'no-store').send(progress);
  }

  @Post('reessayer')
  async tryAgain(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const checkoutUrl = await this.retry.run(this.progress.association(token), token).catch(paidMeanwhile);
    await reply.redirect(checkoutUrl ?? `/don/${token}`, 303);
  }
}

/** Paid in another tab: the page says so. */
function paidMeanwhile(error: unknown): null {
  if (error instanceof DomainError && error.code === 'donation_already_paid') return null;
  throw error;
}
