import { Body, Controller, Injectable, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../kernel/domain-error.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Public } from '../platform/http/access.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { secretPageHeaders } from './page-headers.js';
import { PageRequests } from './page-request.js';
import { PlanChanges, PlanMending, overtaken } from './plan-changes.js';
import { presentPlanPage } from './plan-page.presenter.js';
import { PlanPageReader } from './plan-page.reader.js';
import type { PlanNotice } from './plan-page.view.js';
import { PublicPageRenderer } from './render-pages.js';

type Posted = Readonly<Record<string, unknown>> | undefined;

/** The page once more, with what was typed and what is to be mended. */
@Injectable()
export class RefusedAmount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reader: PlanPageReader,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
    private readonly engine: TemplateEngine,
  ) {}

  async show(
    { token, typed, error }: { token: string; typed: string; error: DomainError },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const associationId = this.reader.association(token);
    const facts = await this.uow.inTenant(associationId, () => this.reader.read(token));
    const context = this.requests.context(request, facts.plan.locale);
    const refused = { typed: { text: typed, errors: error.errors } };
    const view = presentPlanPage(facts, this.engine.translator(context.locale), refused);
    await reply.status(422).headers(secretPageHeaders(this.requests)).send(this.renderer.plan(view, context));
  }
}

/** Plain forms: they work without script, and whoever holds the address may send them. */
@ApiExcludeController()
@Public()
@Controller('mon-don/:token')
export class PlanChangesController {
  constructor(
    private readonly reader: PlanPageReader,
    private readonly changes: PlanChanges,
    private readonly mending: PlanMending,
    private readonly refused: RefusedAmount,
  ) {}

  @Post('montant')
  async amount(
    @Param('token') token: string,
    @Body() body: Posted,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const typed = text(body, 'amount');
    try {
      const associationId = this.reader.association(token);
      back(reply, token, await this.changes.amount(associationId, token, typed).catch(overtaken));
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
      await this.refused.show({ token, typed, error }, request, reply);
    }
  }

  @Post('pause')
  async pause(
    @Param('token') token: string,
    @Body() body: Posted,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const associationId = this.reader.association(token);
    back(reply, token, await this.changes.pause(associationId, token, text(body, 'months')).catch(overtaken));
  }

  @Post('reprendre')
  async resume(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    back(reply, token, await this.changes.resume(this.reader.association(token), token).catch(overtaken));
  }

  @Post('arreter')
  async stop(@Param('token') token: string, @Body() body: Posted, @Res() reply: FastifyReply): Promise<void> {
    const associationId = this.reader.association(token);
    back(reply, token, await this.changes.stop(associationId, token, text(body, 'reason')).catch(overtaken));
  }

  @Post('moyen')
  async mend(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const checkoutUrl = await this.mending.begin(this.reader.association(token), token);
    if (checkoutUrl === null) back(reply, token, 'en-cours');
    else void reply.redirect(checkoutUrl, 303);
  }
}

function back(reply: FastifyReply, token: string, notice: PlanNotice | null): void {
  void reply.redirect(`/mon-don/${token}${notice ? `?fait=${notice}#notice` : ''}`, 303);
}

function text(body: Posted, name: string): string {
  const value = body?.[name];
  return typeof value === 'string' ? value.trim() : '';
}
