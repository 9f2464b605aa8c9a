import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { toPage } from '../platform/http/pagination.js';
import { QueryParams } from '../platform/http/zod-body.js';
import { presentPayment } from './payment.presenter.js';
import { paymentPage, paymentResponse, paymentsQuery } from './payments.dto.js';
import { PaymentsRepository } from './payments.repository.js';
import { PaymentDetailsReader } from './payment-details.js';

/** Attempts to pay, the failed ones with their reasons. */
@ApiTags('Payments')
@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly details: PaymentDetailsReader,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, paymentPage)
  list(@CurrentCaller() caller: Caller, @QueryParams(paymentsQuery) query: z.output<typeof paymentsQuery>) {
    const reference = query.donation === undefined ? undefined : innerId('donation', query.donation);
    return this.uow.inTenant(caller.associationId, async () => {
      const rows = await this.payments.page({ ...query, reference });
      const details = await this.details.of(rows);
      return toPage(rows, query, (row) => presentPayment(row, details(row)));
    });
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, paymentResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.uow.inTenant(caller.associationId, async () => {
      const payment = await this.payments.get(innerId('payment', id));
      return presentPayment(payment, (await this.details.of([payment]))(payment));
    });
  }
}
