import type { LegalDate } from '../../kernel/clock.js';
import type { OfflineMeans } from '../../ledger/index.js';

export const OFFLINE_MEANS = ['cheque', 'cash', 'transfer'] as const satisfies readonly OfflineMeans[];

/** What a treasurer wrote down of a gift that no provider has seen. Personal: chequeNumber, bankName, note. */
export interface OfflineDonation {
  donationId: string;
  means: OfflineMeans;
  receivedOn: LegalDate;
  chequeNumber: string | null;
  bankName: string | null;
  note: string | null;
  /** Actor of the journal. */
  enteredBy: string;
  enteredAt: Date;
  deposit: { id: string; depositedOn: LegalDate; reference: string | null } | null;
  correction: { reason: string; correctedBy: string; correctedAt: string } | null;
}

export type NewOfflineDonation = Omit<OfflineDonation, 'enteredAt' | 'deposit' | 'correction'>;
