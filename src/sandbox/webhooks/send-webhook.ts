const TIME_LIMIT_MS = 15_000;
const MAX_HOPS = 5;

/**
 * One classic webhook call: a form with the payment's id, nothing else, unsigned (docs.mollie.com, "Webhooks").
 * True when the merchant said 2xx in time. 307 and 308 keep the body and are followed; after 301, 302 and 303 the
 * call would arrive as a GET without id, so they count as failures at once.
 */
export async function sendWebhook(url: string, paymentId: string, stop: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(TIME_LIMIT_MS)]);
  let target = url;
  try {
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      const response = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'user-agent': 'Mollie HTTP client/1.0',
          accept: '*/*',
        },
        body: new URLSearchParams({ id: paymentId }).toString(),
        redirect: 'manual',
        signal,
      });
      await response.body?.cancel();
      const location = response.headers.get('location');
      if ((response.status !== 307 && response.status !== 308) || location === null) return response.ok;
      target = new URL(location, target).href;
    }
  } catch {
    // Refused, reset, too slow: for Mollie these are all "no answer", and the schedule goes on.
  }
  return false;
}
