import { Injectable } from '@nestjs/common';
import { RaiseAlert } from '../../alerts/index.js';
import { ListensTo, type EventListener } from '../../platform/events/domain-events.js';
import { AccountDisconnected, type AccountDisconnectedPayload } from './accounts.events.js';

/** No gift can be taken until the association connects again: each connection that ends is told once. */
@Injectable()
@ListensTo(AccountDisconnected)
export class AlertDisconnected implements EventListener<AccountDisconnectedPayload> {
  constructor(private readonly raiseAlert: RaiseAlert) {}

  async on({ accountId }: AccountDisconnectedPayload): Promise<void> {
    await this.raiseAlert.run({
      kind: 'account_disconnected',
      subject: { type: 'account', id: accountId },
    });
  }
}
