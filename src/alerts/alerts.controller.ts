import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { toPage } from '../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../platform/http/zod-body.js';
import { presentAlert } from './alert.presenter.js';
import { alertPage, alertResponse, alertsQuery, resolveAlertRequest } from './alerts.dto.js';
import { AlertQueries } from './alerts.queries.js';
import { ResolveAlert } from './resolve-alert.js';

/** What a person of the association should look at. */
@ApiTags('Alerts')
@Controller('v1/alerts')
export class AlertsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly alerts: AlertQueries,
    private readonly resolveAlert: ResolveAlert,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, alertPage)
  list(
    @CurrentCaller() { associationId }: Caller,
    @QueryParams(alertsQuery) query: z.output<typeof alertsQuery>,
  ) {
    return this.uow.inTenant(associationId, async () =>
      toPage(await this.alerts.page(query), query, presentAlert),
    );
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, alertResponse)
  one(@CurrentCaller() { associationId }: Caller, @Param('id') id: string) {
    return this.uow.inTenant(associationId, async () =>
      presentAlert(await this.alerts.get(innerId('alert', id))),
    );
  }

  /** Said once; what was said first stays. */
  @Post(':id/resolve')
  @Allow('treasurer')
  @HttpCode(200)
  @Answers(200, alertResponse)
  async resolve(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
    @JsonBody(resolveAlertRequest) { note }: z.output<typeof resolveAlertRequest>,
  ) {
    return presentAlert(await this.resolveAlert.run(associationId, innerId('alert', id), note, actor));
  }
}
