import { Body, Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssociationDirectory } from '../associations/index.js';
import { Public } from '../platform/http/access.js';
import { GiftPageReader } from './gift-page.reader.js';
import { PageRequests } from './page-request.js';
import { publicPageHeaders } from './page-headers.js';
import { PublicPageRenderer } from './render-pages.js';
import { SubmitGift } from './submit-gift.js';
import { SitePathsGuard } from './site-paths.guard.js';

@ApiExcludeController()
@Public()
@UseGuards(SitePathsGuard)
@Controller(':slug/:formSlug')
export class GiftPageController {
  constructor(
    private readonly directory: AssociationDirectory,
    private readonly reader: GiftPageReader,
    private readonly submit: SubmitGift,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
  ) {}

  @Get()
  async show(
    @Param() { slug, formSlug }: GiftPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.reader.read(await this.directory.find(slug), formSlug);
    const html = this.renderer.gift(page, this.requests.context(request));
    await reply.headers(publicPageHeaders(this.requests)).header('cache-control', 'no-cache').send(html);
  }

  /** To the checkout, or back to the form with all that was typed and what is to be mended. */
  @Post()
  async post(
    @Param() { slug, formSlug }: GiftPath,
    @Body() body: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const associationId = await this.directory.find(slug);
    const outcome = await this.submit.run(associationId, formSlug, body ?? {});
    if (outcome.kind === 'made') return void (await reply.redirect(outcome.location, 303));
    const page = { ...(await this.reader.read(associationId, formSlug)), ...outcome.page };
    const html = this.renderer.gift(page, this.requests.context(request, outcome.locale));
    await reply
      .status(outcome.status)
      .headers(publicPageHeaders(this.requests))
      // Kept for the way back from the checkout: "no-store" would show an error of the browser instead.
      .header('cache-control', 'private, no-cache')
      .send(html);
  }
}

interface GiftPath {
  slug: string;
  formSlug: string;
}
