import { Injectable } from '@nestjs/common';
import { StageMail } from '../mailing/index.js';

/** The thanks for a gift, as mail facts. A receipt that was late, and promised in the first thanks, is one of its own. */
export function thankYouFact(donationId: string, hasReceipt: boolean): string {
  return `${hasReceipt ? 'thank-you-with-receipt' : 'thank-you'}:${donationId}`;
}

/** Has the donor of a gift been thanked, or is about to be? */
@Injectable()
export class ThanksGiven {
  constructor(private readonly mails: StageMail) {}

  async for(donationId: string): Promise<boolean> {
    return this.mails.hasAny([thankYouFact(donationId, false), thankYouFact(donationId, true)]);
  }
}
