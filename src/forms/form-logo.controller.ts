import { Body, Controller, Delete, Get, HttpCode, Param, Put, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { innerId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { AnswersFile } from '../platform/http/answers.js';
import { readImage } from '../platform/http/image-upload.js';
import { sendFile } from '../platform/http/send-file.js';
import { FormQueries } from './forms.queries.js';
import { SetFormLogo } from './set-form-logo.js';

@ApiTags('Forms')
@Controller('v1/forms/:id/logo')
export class FormLogoController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormQueries,
    private readonly setLogo: SetFormLogo,
  ) {}

  @Get()
  @Allow('reader')
  @AnswersFile('image/png', 'image/jpeg')
  async showLogo(
    @CurrentCaller() { associationId }: Caller,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const logo = await this.uow.inTenant(associationId, async () =>
      this.forms.logo(await this.forms.get(innerId('form', id))),
    );
    await sendFile(reply, { ...logo, filename: 'logo' });
  }

  /** A PNG or JPEG of at most 512 KiB, as the body. */
  @Put()
  @Allow('treasurer')
  @HttpCode(204)
  @ApiConsumes('image/png', 'image/jpeg')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async putLogo(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<void> {
    await this.setLogo.run(associationId, innerId('form', id), readImage(body, 'logo'), actor);
  }

  @Delete()
  @Allow('treasurer')
  @HttpCode(204)
  async deleteLogo(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
  ): Promise<void> {
    await this.setLogo.run(associationId, innerId('form', id), null, actor);
  }
}
