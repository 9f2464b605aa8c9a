import type { ProviderMode } from '../providers/payment-provider.js';

/** What became of an owner's way to Mollie and back. */
export type ConnectOutcome =
  | { is: 'connected' | 'needs_profile'; organization: string; mode: ProviderMode }
  /** The owner said no at Mollie. */
  | { is: 'refused' }
  /** Used already, too old, or never ours. */
  | { is: 'expired' }
  /** Mollie did not go along: try again. */
  | { is: 'failed' };

/** Who sent the owner there, and for what. */
export interface Consent {
  associationId: string;
  mode: ProviderMode;
  actor: string;
}
