import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../platform/events/domain-events.js';
import type { Mandate } from './mandate.entity.js';
import { mandateMachine, type MandateState } from './mandate.state.js';
import { MandateMoved } from './mandates.events.js';
import { MandatesRepository } from './mandates.repository.js';

/** The only place where a mandate changes its state. */
@Injectable()
export class MoveMandate {
  constructor(
    private readonly mandates: MandatesRepository,
    private readonly events: DomainEvents,
  ) {}

  /**
   * @param mandate locked by the caller in the running unit
   * @returns false when it was there already
   * @throws DomainError `mandate_transition_refused`
   */
  async run(mandate: Mandate, to: MandateState, facts: Partial<Mandate> = {}): Promise<boolean> {
    const { state: from, cardExpiresOn: known } = mandate;
    if (from === to) await this.mandates.update(mandate, facts);
    else {
      mandateMachine.assertMove(from, to);
      await this.mandates.move(mandate, { ...facts, state: to });
    }
    if (from === to && known === mandate.cardExpiresOn) return false;
    const { associationId, id: mandateId, holder, cardExpiresOn } = mandate;
    await this.events.publish(MandateMoved, { associationId, mandateId, holder, from, to, cardExpiresOn });
    return from !== to;
  }
}
