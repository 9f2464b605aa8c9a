import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../kernel/domain-error.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { Public } from '../platform/http/access.js';
import { ASSET_CACHE_CONTROL } from '../platform/templates/assets.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { PageRequests } from './page-request.js';
import { publicPageHeaders } from './page-headers.js';
import { PublicPageRenderer } from './render-pages.js';

/** What belongs to no association: the home page and the files that pages are made of. */
@ApiExcludeController()
@Public()
@Controller()
export class SiteController {
  constructor(
    private readonly engine: TemplateEngine,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { demo } = this.config;
    const view = demo && {
      formUrl: demo.formPath,
      associationUrl: demo.formPath.replace(/\/[^/]+$/, ''),
      mailboxUrl: '/boite-aux-lettres',
      docsUrl: '/docs',
    };
    const html = this.renderer.home(view ? { demo: view } : {}, this.requests.context(request));
    await reply.headers(publicPageHeaders(this.requests)).send(html);
  }

  @Get('assets/*')
  async asset(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asset = this.engine.assets.find(request.url.split('?')[0]!);
    if (!asset) throw new DomainError('not_found', 'asset_not_found', 'There is no such file.');
    await reply
      .type(asset.contentType)
      .header('cache-control', ASSET_CACHE_CONTROL)
      .header('x-content-type-options', 'nosniff')
      .send(asset.bytes);
  }

  /** Asked for by browsers that look at no link. */
  @Get('favicon.ico')
  async favicon(@Res() reply: FastifyReply): Promise<void> {
    const { assets } = this.engine;
    const { contentType, bytes } = assets.find(assets.url('obole.svg'))!;
    await reply.type(contentType).header('cache-control', 'public, max-age=86400').send(bytes);
  }

  @Get('robots.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  robots(): string {
    return 'User-agent: *\nDisallow: /don/\nDisallow: /boite-aux-lettres\nDisallow: /v1/\n';
  }
}
