import { setTimeout as sleep } from 'node:timers/promises';
import type { RemotePayment } from '../house/provider.js';
import type { Scene } from './lives.js';

const centsOf = ({ amount }: Pick<RemotePayment, 'amount'>): number => amount.cents;

/** The treasurer refunds in the provider's dashboard, once or twice in parts; the bank may send it back. */
export async function refundAtProvider(scene: Scene, paymentId: string): Promise<void> {
  const { house, random, chronicle } = scene;
  const whole = centsOf(await house.provider.payment(paymentId));
  const parts = random.chance(0.4) ? [whole] : [Math.floor(whole / 3), Math.floor(whole / 4)];
  for (const cents of parts.slice(0, random.between(1, parts.length))) {
    const { id } = await house.provider.refund(paymentId, { cents });
    chronicle.count('refunds born at the provider');
    await sleep(random.between(0, 800));
    await house.provider.moveRefund(paymentId, id, 'processing');
    if (random.chance(0.6)) continue;
    await sleep(random.between(0, 800));
    const failed = random.chance(0.5);
    await house.provider.moveRefund(paymentId, id, failed ? 'failed' : 'refunded');
    if (failed) chronicle.count('refunds that failed');
  }
}

/** The donor's bank takes the money back, and perhaps gives it again. */
export async function chargeBack(scene: Scene, paymentId: string): Promise<void> {
  const { house, random, chronicle } = scene;
  if (random.chance(0.2)) await refundAtProvider(scene, paymentId);
  const { id } = await house.provider.chargeBack(paymentId);
  chronicle.count('disputes');
  if (!random.chance(0.4)) return;
  await sleep(random.between(200, 1_500));
  await house.provider.reverse(paymentId, id);
  chronicle.count('disputes won');
}
