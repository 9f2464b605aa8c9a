import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { LEDGER_ACCOUNTS } from './ledger-accounts.js';
import { LEDGER_FACTS, amountOf, balancedLines, type Posting } from './posting.js';

/** Entry and lines in one statement, whatever their number; the association's own account numbers are joined in. */
const POST = `
  WITH entry AS (
    INSERT INTO ledger_entries (association_id, id, fact, source_type, source_id, occurred_on, label, currency, line_count)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT ON CONSTRAINT ledger_entries_once DO NOTHING
    RETURNING id
  )
  INSERT INTO ledger_lines (association_id, entry_id, position, line_count, currency,
                            account, account_number, account_label, debit_cents, credit_cents)
  SELECT $1, entry.id, line.position, $9, $8,
         line.account, COALESCE(own.number, line.number), COALESCE(own.label, line.label), line.debit, line.credit
    FROM entry
   CROSS JOIN unnest($10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[])
         WITH ORDINALITY AS line (account, number, label, debit, credit, position)
    LEFT JOIN ledger_account_numbers own ON own.association_id = $1 AND own.account = line.account`;

/** The only way into the book. */
@Injectable()
export class PostEntry {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Writes an entry in the running unit, with the account numbers of today.
   * @returns false when this fact of this source is written already, or nothing moves
   * @throws Error when the lines do not balance: a fault of the caller
   */
  async run(posting: Posting): Promise<boolean> {
    const lines = balancedLines(posting);
    if (lines.length === 0) return false;
    const { fact, source, occurredOn, label = LEDGER_FACTS[fact] } = posting;
    const accounts = lines.map(({ account }) => account);
    const written = await this.uow.execute(POST, [
      this.uow.associationId,
      newId(),
      fact,
      source.type,
      source.id,
      occurredOn,
      label,
      amountOf(lines[0]!).currency,
      lines.length,
      accounts,
      accounts.map((account) => LEDGER_ACCOUNTS[account].number),
      accounts.map((account) => LEDGER_ACCOUNTS[account].labels.fr),
      lines.map(({ debit }) => debit?.cents ?? 0),
      lines.map(({ credit }) => credit?.cents ?? 0),
    ]);
    return written > 0;
  }
}
