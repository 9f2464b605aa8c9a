import { Controller, Get, HttpCode, Param, Patch, Post, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { IdempotencyInterceptor } from '../platform/http/idempotency.interceptor.js';
import { pageQuery, toPage, type PageQuery } from '../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../platform/http/zod-body.js';
import { ChangeForm } from './change-form.js';
import { CreateForm } from './create-form.js';
import { presentForm } from './form.presenter.js';
import { changeFormRequest, createFormRequest, formPage, formResponse } from './forms.dto.js';
import { FormsRepository } from './forms.repository.js';
import { MoveForm } from './move-form.js';

@ApiTags('Forms')
@Controller('v1/forms')
export class FormsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormsRepository,
    private readonly createForm: CreateForm,
    private readonly changeForm: ChangeForm,
    private readonly moveForm: MoveForm,
  ) {}

  @Post()
  @Allow('treasurer')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @Answers(201, formResponse)
  async create(
    @CurrentCaller() { associationId, actor }: Caller,
    @JsonBody(createFormRequest) body: z.output<typeof createFormRequest>,
  ) {
    return presentForm(await this.createForm.run(associationId, body, actor));
  }

  @Get()
  @Allow('reader')
  @Answers(200, formPage)
  list(@CurrentCaller() { associationId }: Caller, @QueryParams(pageQuery) query: PageQuery) {
    return this.uow.inTenant(associationId, async () =>
      toPage(await this.forms.page(query), query, presentForm),
    );
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, formResponse)
  one(@CurrentCaller() { associationId }: Caller, @Param('id') id: string) {
    return this.uow.inTenant(associationId, async () =>
      presentForm(await this.forms.get(innerId('form', id))),
    );
  }

  /** Absent fields stay as they are. */
  @Patch(':id')
  @Allow('treasurer')
  @Answers(200, formResponse)
  async edit(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
    @JsonBody(changeFormRequest) changes: z.output<typeof changeFormRequest>,
  ) {
    return presentForm(await this.changeForm.run(associationId, innerId('form', id), changes, actor));
  }

  @Post(':id/publish')
  @Allow('treasurer')
  @HttpCode(200)
  @Answers(200, formResponse)
  async publish(@CurrentCaller() { associationId, actor }: Caller, @Param('id') id: string) {
    return presentForm(await this.moveForm.run(associationId, innerId('form', id), 'published', actor));
  }

  /** Back to a draft: visitors no longer see it, gifts under way are still taken. */
  @Post(':id/unpublish')
  @Allow('treasurer')
  @HttpCode(200)
  @Answers(200, formResponse)
  async unpublish(@CurrentCaller() { associationId, actor }: Caller, @Param('id') id: string) {
    return presentForm(await this.moveForm.run(associationId, innerId('form', id), 'draft', actor));
  }

  /** For good: the form and its gifts stay readable for the association. */
  @Post(':id/archive')
  @Allow('treasurer')
  @HttpCode(200)
  @Answers(200, formResponse)
  async archive(@CurrentCaller() { associationId, actor }: Caller, @Param('id') id: string) {
    return presentForm(await this.moveForm.run(associationId, innerId('form', id), 'archived', actor));
  }
}
