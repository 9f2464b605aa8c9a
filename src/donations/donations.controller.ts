import { Controller, Get, Headers, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AssociationDirectory } from '../associations/index.js';
import { innerId } from '../kernel/ids.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, Public, type Caller } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { IdempotencyInterceptor } from '../platform/http/idempotency.interceptor.js';
import { toPage } from '../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../platform/http/zod-body.js';
import { DonationDetailsReader } from './donation-details.js';
import { presentDonation, presentMade } from './donation.presenter.js';
import {
  donationPage,
  donationResponse,
  donationsQuery,
  madeDonationResponse,
  makeDonationRequest,
} from './donations.dto.js';
import { DonationQueries } from './donations.queries.js';
import { MakeDonation } from './make-donation.js';

@ApiTags('Donations')
@Controller('v1')
export class PublicDonationsController {
  constructor(
    private readonly directory: AssociationDirectory,
    private readonly makeDonation: MakeDonation,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** A visitor gives through a published form. */
  @Post('associations/:slug/forms/:formSlug/donations')
  @Public()
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @Answers(201, madeDonationResponse)
  async make(
    @Param('slug') slug: string,
    @Param('formSlug') formSlug: string,
    @Headers('idempotency-key') key: string | undefined,
    @JsonBody(makeDonationRequest) body: z.output<typeof makeDonationRequest>,
  ) {
    const associationId = await this.directory.find(slug);
    return presentMade(
      await this.makeDonation.run(associationId, formSlug, body, key),
      this.config.http.publicUrl,
    );
  }
}

@ApiTags('Donations')
@Controller('v1/donations')
export class DonationsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationQueries,
    private readonly details: DonationDetailsReader,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, donationPage)
  list(@CurrentCaller() caller: Caller, @QueryParams(donationsQuery) query: z.output<typeof donationsQuery>) {
    return this.uow.inTenant(caller.associationId, async () => {
      const rows = await this.donations.page(query);
      const details = await this.details.of(rows);
      return toPage(rows, query, (row) => presentDonation(row, details.get(row.id)!));
    });
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, donationResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.uow.inTenant(caller.associationId, async () => {
      const donation = await this.donations.get(innerId('donation', id));
      return presentDonation(donation, (await this.details.of([donation])).get(donation.id)!);
    });
  }
}
