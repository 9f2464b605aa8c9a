import { Injectable } from '@nestjs/common';

/** Wakes this process's dispatcher after a commit, so that nobody waits for its next look. Other processes poll. */
@Injectable()
export class OutboxBell {
  private listener: () => void = () => undefined;

  ring(): void {
    this.listener();
  }

  onRing(listener: () => void): void {
    this.listener = listener;
  }
}
