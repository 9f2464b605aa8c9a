import { MakeDonation } from '../../../src/donations/index.js';
import { PaymentQueries, SyncPayment } from '../../../src/payments/index.js';
import type { AppConfig } from '../../../src/platform/config/app-config.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobExecutor } from '../../../src/platform/queue/job-executor.js';
import { OutboxBell } from '../../../src/platform/queue/outbox-bell.js';
import { OutboxLane } from '../../../src/platform/queue/outbox-lane.js';
import { OutboxStore } from '../../../src/platform/queue/outbox-store.js';
import { newGift } from '../support/gifts.js';
import { forEachOf } from '../support/measure.js';

export interface OpenGift {
  donationId: string;
  paymentId: string;
  token: string;
}

export type Get = <T>(type: abstract new (...args: never[]) => T) => T;

const PREPARED_AT_ONCE = 16;
const GRACE_MS = 5_000;

/** What the slices stand on: gifts made beforehand, and the lane of money jobs switched on and off. */
export function giftProcedures(
  get: Get,
  config: AppConfig,
  { associationId, formSlug }: { associationId: string; formSlug: string },
) {
  let lane: OutboxLane | undefined;

  const make = async (): Promise<OpenGift> => {
    const { donation } = await get(MakeDonation).run(associationId, formSlug, newGift());
    const [payment] = await get(UnitOfWork).inTenant(associationId, () =>
      get(PaymentQueries).attemptsFor(donation.id),
    );
    return { donationId: donation.id, paymentId: payment!.id, token: payment!.token };
  };

  const openGifts = async (count: number): Promise<OpenGift[]> => {
    const gifts: OpenGift[] = [];
    const slots = Array.from({ length: count }, (_, i) => i);
    await forEachOf(slots, PREPARED_AT_ONCE, async () => gifts.push(await make()));
    return gifts;
  };

  return {
    openGifts,
    paidGifts: async (count: number): Promise<string[]> => {
      const gifts = await openGifts(count);
      await forEachOf(gifts, PREPARED_AT_ONCE, ({ paymentId }) =>
        get(SyncPayment).run({ associationId, paymentId }),
      );
      return gifts.map(({ donationId }) => donationId);
    },
    startMoneyLane: (concurrency: number = config.jobs.concurrency) => {
      lane = new OutboxLane('money', get(OutboxStore), get(JobExecutor), { ...config.jobs, concurrency });
      get(OutboxBell).onRing(() => lane?.wake());
      lane.start();
    },
    stopMoneyLane: async () => {
      await lane?.stop(GRACE_MS);
      lane = undefined;
    },
  };
}
