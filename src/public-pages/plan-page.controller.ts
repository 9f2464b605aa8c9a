import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Public } from '../platform/http/access.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { secretPageHeaders } from './page-headers.js';
import { PageRequests } from './page-request.js';
import { presentPlanPage, presentPlanStop } from './plan-page.presenter.js';
import { PlanPageReader } from './plan-page.reader.js';
import { PLAN_NOTICES, type PlanNotice } from './plan-page.view.js';
import { PublicPageRenderer } from './render-pages.js';

/** The donor's own page of a gift that comes again. Its address is the secret: no cookie, no account. */
@ApiExcludeController()
@Public()
@Controller('mon-don/:token')
export class PlanPageController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reader: PlanPageReader,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
    private readonly engine: TemplateEngine,
  ) {}

  @Get()
  async show(
    @Param('token') token: string,
    @Query('fait') done: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const facts = await this.read(token);
    const context = this.requests.context(request, facts.plan.locale);
    const notice = PLAN_NOTICES.find((known): known is PlanNotice => known === done);
    const view = presentPlanPage(facts, this.engine.translator(context.locale), { notice });
    await reply.headers(secretPageHeaders(this.requests)).send(this.renderer.plan(view, context));
  }

  @Get('arreter')
  async askToStop(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const facts = await this.read(token);
    const context = this.requests.context(request, facts.plan.locale);
    const view = presentPlanStop(facts, this.engine.translator(context.locale));
    await reply.headers(secretPageHeaders(this.requests)).send(this.renderer.planStop(view, context));
  }

  private read(token: string) {
    return this.uow.inTenant(this.reader.association(token), () => this.reader.read(token));
  }
}
