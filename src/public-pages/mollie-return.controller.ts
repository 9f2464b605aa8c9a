import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FinishConnect } from '../payments/index.js';
import { Public } from '../platform/http/access.js';
import { secretPageHeaders } from './page-headers.js';
import { PageRequests } from './page-request.js';
import { PublicPageRenderer } from './render-pages.js';

/** Where Mollie sends an owner back to, after the question whether the platform may act for the association. */
@ApiExcludeController()
@Public()
@Controller('mollie/callback')
export class MollieReturnController {
  constructor(
    private readonly finish: FinishConnect,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
  ) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [state, code, error] = [query.state, query.code, query.error].map(text);
    const outcome = await this.finish.run({ state, code, error });
    const html = this.renderer.mollieReturn(outcome, this.requests.context(request));
    await reply.headers(secretPageHeaders(this.requests)).send(html);
  }
}

/** A name that stands twice in an address is read as a list. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
