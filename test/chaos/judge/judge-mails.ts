import { publicId } from '../../../src/kernel/ids.js';
import type { Evidence } from './evidence.js';

const mailIdOf = (messageId: string): string => messageId.slice(1).split('@')[0]!;

/** The same words to the same person, or the same fact, under two Message-IDs. Links are left out: each mail may have its own. */
export function mailsTwice({ mails, deliveries }: Evidence): string[] {
  const facts = new Map(deliveries.map(({ id, fact }) => [publicId('mail', id), fact]));
  const ids = new Map<string, Set<string>>();
  const strangers: string[] = [];
  for (const { messageId, recipient, subject, text } of mails) {
    const fact = facts.get(mailIdOf(messageId));
    if (fact === undefined) strangers.push(`nobody wrote this mail down: ${messageId}`);
    for (const key of [`${recipient} ${subject} ${text.replace(/https?:\S+/g, '')}`, `fact ${fact}`]) {
      ids.set(key, (ids.get(key) ?? new Set()).add(messageId));
    }
  }
  return [...strangers, ...[...ids].filter(([, found]) => found.size > 1).map(([key]) => key.slice(0, 200))];
}

/** Every paid gift is thanked for, and what was written down was taken by the mail server. */
export function mailsMissing({ donations, mails, deliveries }: Evidence): string[] {
  const taken = new Set(mails.map(({ messageId }) => mailIdOf(messageId)));
  const thanked = new Set(
    deliveries.filter(({ fact }) => fact.startsWith('thank-you')).map(({ fact }) => fact.split(':').at(-1)),
  );
  return [
    ...donations
      .filter(({ id, state }) => state === 'paid' && !thanked.has(id))
      .map(({ id }) => `the paid gift ${id} is not thanked for`),
    ...deliveries
      .filter(({ id, state }) => state !== 'sent' || !taken.has(publicId('mail', id)))
      .map(({ fact, state }) => `the mail ${fact} is ${state} and never arrived`),
  ];
}
