import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';

/**
 * Takes the next number of a year, in the running unit. The counter's row stays locked until the unit ends, so
 * numbers follow one another; a unit that fails gives its number back. No gap, no double, none used again.
 */
@Injectable()
export class NextNumber {
  constructor(private readonly uow: UnitOfWork) {}

  async take(year: number): Promise<number> {
    const [row] = await this.uow.query<{ sequence: number }>(
      `INSERT INTO receipt_counters (association_id, year, last_sequence) VALUES ($1, $2, 1)
       ON CONFLICT ON CONSTRAINT receipt_counters_pkey DO UPDATE SET last_sequence = receipt_counters.last_sequence + 1
       RETURNING last_sequence AS sequence`,
      [this.uow.associationId, year],
    );
    return row!.sequence;
  }
}
