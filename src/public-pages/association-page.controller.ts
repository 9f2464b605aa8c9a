import { Controller, Get, Param, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import { AssociationPageReader } from './association-page.reader.js';
import { PageRequests } from './page-request.js';
import { publicPageHeaders } from './page-headers.js';
import { PublicPageRenderer } from './render-pages.js';
import { SitePathsGuard } from './site-paths.guard.js';

@ApiExcludeController()
@Public()
@UseGuards(SitePathsGuard)
@Controller(':slug')
export class AssociationPageController {
  constructor(
    private readonly reader: AssociationPageReader,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
  ) {}

  @Get()
  async show(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const html = this.renderer.association(await this.reader.read(slug), this.requests.context(request));
    await reply.headers(publicPageHeaders(this.requests)).send(html);
  }

  @Get('donnees-personnelles')
  async privacy(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { association } = await this.reader.read(slug);
    const html = this.renderer.privacy({ association }, this.requests.context(request));
    await reply.headers(publicPageHeaders(this.requests)).send(html);
  }
}
