import { Controller, Get, Param, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AssociationDirectory } from '../associations/index.js';
import { FormQueries } from '../forms/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Public } from '../platform/http/access.js';
import { sendFile } from '../platform/http/send-file.js';
import { SitePathsGuard } from './site-paths.guard.js';

/** The logo of a published form, from this host: pages ask no other. */
@ApiExcludeController()
@Public()
@UseGuards(SitePathsGuard)
@Controller(':slug/:formSlug/logo')
export class PublicFormLogoController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly directory: AssociationDirectory,
    private readonly forms: FormQueries,
  ) {}

  @Get()
  async logo(
    @Param('slug') slug: string,
    @Param('formSlug') formSlug: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const associationId = await this.directory.find(slug);
    const file = await this.uow.inTenant(associationId, async () =>
      this.forms.logo(await this.forms.getPublished(formSlug)),
    );
    await sendFile(reply, { ...file, filename: 'logo' });
  }
}
