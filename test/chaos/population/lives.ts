import { setTimeout as sleep } from 'node:timers/promises';
import { innerId } from '../../../src/kernel/ids.js';
import { patiently } from '../house/chaos-database.js';
import type { Random } from '../random.js';
import type { TakenOnRecord } from './chronicle.js';
import type { TakenGift, Wish } from './donor.js';
import { chargeBack, refundAtProvider, refundByApi, type PaidGift } from './money-back.js';
import type { Scene } from './scene.js';

const providerIdOf = (checkoutUrl: string): string => checkoutUrl.split('/').at(-1)!;

/** How often each life comes, compared with the others. */
export const LIVES = {
  pays: { weight: 50, live: paysOnce },
  clicksTwice: { weight: 6, live: clicksTwice },
  leavesTheCheckout: { weight: 5, live: leaves },
  isRefusedAndTriesAgain: { weight: 6, live: triesAgain },
  paysByTransfer: { weight: 5, live: paysSlowly },
  givesEachMonth: { weight: 8, live: givesEachMonth },
  paysInTwoTabs: { weight: 2, live: paysInTwoTabs },
  isRefundedByUs: { weight: 7, live: (scene: Scene) => paidThen(scene, refundByApi) },
  isRefundedInTheDashboard: { weight: 6, live: (scene: Scene) => paidThen(scene, refundAtProvider) },
  disputes: { weight: 5, live: (scene: Scene) => paidThen(scene, chargeBack) },
} satisfies Record<string, { weight: number; live: (scene: Scene) => Promise<unknown> }>;
export type LifeName = keyof typeof LIVES;

async function take(
  { donor, key, chronicle }: Scene,
  life: string,
  wish: Wish,
): Promise<{ gift: TakenGift; record: TakenOnRecord } | undefined> {
  const gift = await donor.give(wish, key);
  if (!gift) {
    chronicle.gaveUp += 1;
    return undefined;
  }
  const known = chronicle.taken.get(gift.id);
  if (known) return { gift, record: known };
  const record = { id: gift.id, email: donor.email, life, isPaidTwiceOnPurpose: false };
  chronicle.taken.set(gift.id, record);
  return { gift, record };
}

function someWish(random: Random): Wish {
  return { cents: random.between(3, 300) * 100, wantsReceipt: random.chance(0.8), frequency: 'once' };
}

async function pay({ donor, random, chronicle }: Scene, gift: TakenGift, checkoutUrl: string): Promise<void> {
  await donor.pay(checkoutUrl, 'paid');
  chronicle.count('paid at the provider');
  if (random.chance(0.6)) await donor.look(gift);
}

async function paysOnce(scene: Scene): Promise<PaidGift | undefined> {
  const taken = await take(scene, 'pays', someWish(scene.random));
  if (!taken?.gift.checkoutUrl) return undefined;
  await pay(scene, taken.gift, taken.gift.checkoutUrl);
  return { giftId: taken.gift.id, providerId: providerIdOf(taken.gift.checkoutUrl) };
}

async function paidThen(scene: Scene, what: (scene: Scene, gift: PaidGift) => Promise<void>) {
  const gift = await paysOnce(scene);
  if (!gift) return;
  await sleep(scene.random.between(0, 3_000));
  await what(scene, gift);
}

/** The first payment leaves a mandate. What follows is the platform's own doing, month after month. */
async function givesEachMonth(scene: Scene): Promise<void> {
  const taken = await take(scene, 'givesEachMonth', { ...someWish(scene.random), frequency: 'monthly' });
  if (taken?.gift.checkoutUrl) await pay(scene, taken.gift, taken.gift.checkoutUrl);
}

async function clicksTwice(scene: Scene): Promise<void> {
  const wish = someWish(scene.random);
  const [first, second] = await Promise.all([
    take(scene, 'clicksTwice', wish),
    take(scene, 'clicksTwice', wish),
  ]);
  if (first && second && first.gift.id !== second.gift.id) {
    scene.chronicle.contradictions.push(`${scene.key}: ${first.gift.id} and ${second.gift.id}`);
  }
  const taken = first ?? second;
  if (taken?.gift.checkoutUrl) await pay(scene, taken.gift, taken.gift.checkoutUrl);
}

async function leaves(scene: Scene): Promise<void> {
  const taken = await take(scene, 'leavesTheCheckout', someWish(scene.random));
  if (!taken?.gift.checkoutUrl) return;
  if (scene.random.chance(0.5)) await scene.donor.pay(taken.gift.checkoutUrl, 'canceled');
}

async function triesAgain(scene: Scene): Promise<void> {
  const taken = await take(scene, 'isRefusedAndTriesAgain', someWish(scene.random));
  if (!taken?.gift.checkoutUrl) return;
  await scene.donor.pay(taken.gift.checkoutUrl, 'failed');
  await scene.donor.look(taken.gift);
  const again = await scene.donor.tryAgain(taken.gift);
  if (again && again !== taken.gift.checkoutUrl) await pay(scene, taken.gift, again);
}

async function paysSlowly(scene: Scene): Promise<void> {
  const taken = await take(scene, 'paysByTransfer', someWish(scene.random));
  if (!taken?.gift.checkoutUrl) return;
  await scene.donor.pay(taken.gift.checkoutUrl, 'pending', 'banktransfer');
  await scene.donor.look(taken.gift);
  await sleep(scene.random.between(200, 4_000));
  const id = providerIdOf(taken.gift.checkoutUrl);
  await scene.house.provider.control('POST', `/payments/${id}/status`, { status: 'paid' });
  scene.chronicle.count('paid at the provider');
}

/** Our books have closed the first attempt, as they do after hours; its page is still open in another tab. */
async function paysInTwoTabs(scene: Scene): Promise<void> {
  const { house, donor } = scene;
  const taken = await take(scene, 'paysInTwoTabs', someWish(scene.random));
  if (!taken?.gift.checkoutUrl) return;
  await patiently(() =>
    house.database.rows(`UPDATE payments SET state = 'expired' WHERE reference = $1 AND state = 'open'`, [
      innerId('donation', taken.gift.id),
    ]),
  );
  const second = await donor.tryAgain(taken.gift);
  if (second && second !== taken.gift.checkoutUrl) {
    taken.record.isPaidTwiceOnPurpose = true;
    await pay(scene, taken.gift, second);
  }
  await pay(scene, taken.gift, taken.gift.checkoutUrl);
}
