import { Body, Controller, Delete, Get, HttpCode, Inject, Patch, Put, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { legalDate, type Clock } from '../kernel/clock.js';
import { CLOCK } from '../platform/clock.token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers, AnswersFile } from '../platform/http/answers.js';
import { readImage } from '../platform/http/image-upload.js';
import { sendFile } from '../platform/http/send-file.js';
import { JsonBody } from '../platform/http/zod-body.js';
import { presentAssociation } from './association.presenter.js';
import { associationResponse, changeAssociationRequest } from './associations.dto.js';
import { AssociationQueries } from './associations.queries.js';
import { ChangeAssociation } from './change-association.js';
import { SetSignature } from './set-signature.js';

@ApiTags('Association')
@Controller('v1/association')
export class AssociationsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: AssociationQueries,
    private readonly change: ChangeAssociation,
    private readonly signature: SetSignature,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, associationResponse)
  async show(@CurrentCaller() { associationId }: Caller) {
    const association = await this.uow.inTenant(associationId, () => this.queries.get(associationId));
    return presentAssociation(association, legalDate(this.clock.now()));
  }

  /** Absent fields stay as they are. */
  @Patch()
  @Allow('treasurer')
  @Answers(200, associationResponse)
  async edit(
    @CurrentCaller() { associationId, actor }: Caller,
    @JsonBody(changeAssociationRequest) changes: z.output<typeof changeAssociationRequest>,
  ) {
    return presentAssociation(
      await this.change.run(associationId, changes, actor),
      legalDate(this.clock.now()),
    );
  }

  @Get('signature')
  @Allow('reader')
  @AnswersFile('image/png', 'image/jpeg')
  async showSignature(@CurrentCaller() { associationId }: Caller, @Res() reply: FastifyReply): Promise<void> {
    await sendFile(reply, { ...(await this.signature.read(associationId)), filename: 'signature' });
  }

  /** A PNG or JPEG of at most 512 KiB, as the body. */
  @Put('signature')
  @Allow('treasurer')
  @HttpCode(204)
  @ApiConsumes('image/png', 'image/jpeg')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async setSignature(
    @CurrentCaller() { associationId, actor }: Caller,
    @Body() body: unknown,
  ): Promise<void> {
    await this.signature.run(associationId, readImage(body, 'signature'), actor);
  }

  @Delete('signature')
  @Allow('treasurer')
  @HttpCode(204)
  async removeSignature(@CurrentCaller() { associationId, actor }: Caller): Promise<void> {
    await this.signature.run(associationId, null, actor);
  }
}
