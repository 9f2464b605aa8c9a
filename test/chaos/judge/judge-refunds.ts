import { innerId } from '../../../src/kernel/ids.js';
import type { Evidence } from './evidence.js';

const GONE = ['failed', 'canceled'];

/** One wish to give back, two refunds at the provider. */
export function refundsTwice({ remote }: Evidence): string[] {
  const made = new Map<string, string[]>();
  for (const { refunds } of remote) {
    for (const { id, status, metadata } of refunds) {
      const wish = metadata?.refundId;
      if (wish !== undefined && !GONE.includes(status)) made.set(wish, [...(made.get(wish) ?? []), id]);
    }
  }
  return [...made]
    .filter(([, ids]) => ids.length > 1)
    .map(([wish, ids]) => `refund ${wish} was made ${ids.length} times: ${ids.join(', ')}`);
}

/** Taken with a word to the treasurer: then it is at the provider, or we say that it is not. */
export function refundsLost({ remote, refunds, refundsTaken }: Evidence): string[] {
  const stateOf = new Map(refunds.map(({ id, state }) => [id, state]));
  const standing = new Set(
    remote.flatMap((payment) =>
      payment.refunds
        .filter(({ status }) => !GONE.includes(status))
        .map(({ metadata }) => metadata?.refundId),
    ),
  );
  return refundsTaken.flatMap((wish) => {
    const id = innerId('refund', wish);
    const state = stateOf.get(id);
    if (state === undefined) return [`${wish} was taken and is nowhere`];
    if (standing.has(id) === (state === 'settled')) return [];
    return [`${wish} is ${state} with us, and ${standing.has(id) ? 'stands' : 'is not'} at the provider`];
  });
}
