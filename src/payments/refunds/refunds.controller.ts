import { Controller, Get, Headers, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { IdempotencyInterceptor } from '../../platform/http/idempotency.interceptor.js';
import { toPage } from '../../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../../platform/http/zod-body.js';
import { CancelRefund } from './cancel-refund.js';
import { presentRefund } from './refund.presenter.js';
import { refundPage, refundResponse, refundsQuery, requestRefundRequest } from './refunds.dto.js';
import { RefundsRepository } from './refunds.repository.js';
import { RequestRefund } from './request-refund.js';

@ApiTags('Refunds')
@Controller('v1/payments')
export class PaymentRefundsController {
  constructor(private readonly requestRefund: RequestRefund) {}

  /** Reserves the amount at once; the provider is asked right after. Its answer is in the refund's status. */
  @Post(':id/refunds')
  @Allow('treasurer')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @Answers(201, refundResponse)
  async request(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
    @Headers('idempotency-key') key: string | undefined,
    @JsonBody(requestRefundRequest) wish: z.output<typeof requestRefundRequest>,
  ) {
    const paymentId = innerId('payment', id);
    return presentRefund(await this.requestRefund.run(associationId, paymentId, wish, actor, key));
  }
}

@ApiTags('Refunds')
@Controller('v1/refunds')
export class RefundsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly refunds: RefundsRepository,
    private readonly cancelRefund: CancelRefund,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, refundPage)
  list(@CurrentCaller() caller: Caller, @QueryParams(refundsQuery) query: z.output<typeof refundsQuery>) {
    const payment = query.payment === undefined ? undefined : innerId('payment', query.payment);
    return this.uow.inTenant(caller.associationId, async () =>
      toPage(await this.refunds.page({ ...query, payment }), query, presentRefund),
    );
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, refundResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.uow.inTenant(caller.associationId, async () =>
      presentRefund(await this.refunds.get(innerId('refund', id))),
    );
  }

  /** Possible until it has left the association's balance at the provider. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('treasurer')
  @Answers(200, refundResponse)
  async cancel(@CurrentCaller() { associationId, actor }: Caller, @Param('id') id: string) {
    return presentRefund(await this.cancelRefund.run(associationId, innerId('refund', id), actor));
  }
}
