import { setTimeout as sleep } from 'node:timers/promises';
import type { Scene } from './scene.js';

/** A gift that is paid at the provider. */
export interface PaidGift {
  giftId: string;
  providerId: string;
}

/** A whole amount, or parts of it: the provider takes the same amount twice for a double click. */
function someParts({ random }: Scene, whole: number): number[] {
  if (random.chance(0.4)) return [whole];
  return [Math.floor(whole / 3), Math.floor(whole / 4)].slice(0, random.between(1, 2));
}

/** The treasurer refunds in the provider's dashboard, once or twice in parts; the bank may send it back. */
export async function refundAtProvider(scene: Scene, { providerId }: PaidGift): Promise<void> {
  const { house, random, chronicle } = scene;
  const { amount } = await house.provider.payment(providerId);
  for (const cents of someParts(scene, amount.cents)) {
    const { id } = await house.provider.refund(providerId, { cents });
    chronicle.count('refunds born at the provider');
    await sleep(random.between(0, 800));
    await house.provider.moveRefund(providerId, id, 'processing');
    if (random.chance(0.6)) continue;
    await sleep(random.between(0, 800));
    const failed = random.chance(0.5);
    await house.provider.moveRefund(providerId, id, failed ? 'failed' : 'refunded');
    if (failed) chronicle.count('refunds that failed');
  }
}

/** The treasurer asks us for it. Impatient ones ask twice with the same key. */
export async function refundByApi(scene: Scene, { giftId, providerId }: PaidGift): Promise<void> {
  const { house, random, chronicle, treasurer } = scene;
  const paymentId = await treasurer.paidPayment(giftId);
  if (!paymentId) return;
  const { amount } = await house.provider.payment(providerId);
  for (const [nth, cents] of someParts(scene, amount.cents).entries()) {
    const wished = cents === amount.cents ? undefined : cents;
    const ask = () => treasurer.refund(paymentId, wished, `${scene.key}-refund-${nth}`);
    const [first, second] = await Promise.all([ask(), random.chance(0.3) ? ask() : undefined]);
    if (first && second && first !== second) chronicle.contradictions.push(`${first} and ${second}`);
    const refund = first ?? second;
    if (!refund) continue;
    chronicle.count('refunds asked of us');
    chronicle.refunds.push(refund);
  }
}

/** The donor's bank takes the money back, and perhaps gives it again. */
export async function chargeBack(scene: Scene, gift: PaidGift): Promise<void> {
  const { house, random, chronicle } = scene;
  if (random.chance(0.2)) await refundAtProvider(scene, gift);
  const { id } = await house.provider.chargeBack(gift.providerId);
  chronicle.count('disputes');
  if (!random.chance(0.4)) return;
  await sleep(random.between(200, 1_500));
  await house.provider.reverse(gift.providerId, id);
  chronicle.count('disputes won');
}
