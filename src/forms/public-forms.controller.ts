import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AssociationDirectory } from '../associations/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Public } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { presentPublicForm } from './form.presenter.js';
import { publicFormResponse } from './forms.dto.js';
import { FormQueries } from './forms.queries.js';

@ApiTags('Forms')
@Controller('v1/associations/:slug/forms/:formSlug')
export class PublicFormsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly directory: AssociationDirectory,
    private readonly forms: FormQueries,
  ) {}

  /** A published form, for whoever builds a page of their own. */
  @Get()
  @Public()
  @Answers(200, publicFormResponse)
  async readForm(@Param('slug') slug: string, @Param('formSlug') formSlug: string) {
    const associationId = await this.directory.find(slug);
    return this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getPublished(formSlug);
      return presentPublicForm(form, await this.forms.offersTip(form));
    });
  }
}
