import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { sendRefundJob } from './refunds.jobs.js';
import { SendRefund } from './send-refund.js';

interface Payload {
  associationId: string;
  refundId: string;
}

@Injectable()
@HandlesJob(sendRefundJob)
export class SendRefundHandler implements JobHandler<{ associationId: string; refundId: string }> {
  constructor(
    private readonly sendRefund: SendRefund,
    private readonly uow: UnitOfWork,
    private readonly journal: Journal,
  ) {}

  async run({ associationId, refundId }: Payload): Promise<void> {
    await this.sendRefund.run(associationId, refundId);
  }

  /** It stays `requested`, its amount reserved: the sweep stages it again, and nothing is lost or doubled. */
  async onExhausted({ associationId, refundId }: Payload, error: Error): Promise<void> {
    await this.uow.inTenant(associationId, () =>
      this.journal.record({
        actor: 'system',
        action: 'refund.not_sent',
        subject: publicId('refund', refundId),
        details: { error: error.message },
      }),
    );
  }
}
