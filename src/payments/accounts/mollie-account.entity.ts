import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProviderProfile } from '../providers/account-provider.js';
import type { ProviderMode } from '../providers/payment-provider.js';

export type OnboardingStatus = 'needs-data' | 'in-review' | 'completed';

/**
 * An account that an association brought, by an API key or by its consent to the platform's app. Another account is
 * another row: payments are read with the one they were made with. Holds the association's name at Mollie, nothing
 * about people.
 */
@Entity('provider_accounts')
export class MollieAccount {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: 'api_key' | 'connect';

  /** `revoked`: by its owner here, or taken back at Mollie. For good. */
  @Column('text')
  state!: 'connected' | 'revoked';

  /** New payments are made with it. Revoked and still current: Mollie ended it, and somebody must decide. */
  @Column('boolean')
  isCurrent!: boolean;

  @Column('text')
  mode!: ProviderMode;

  /** Null with an API key, which does not tell it. */
  @Column('text', { nullable: true })
  organizationId!: string | null;

  @Column('text', { nullable: true })
  organizationName!: string | null;

  /** Null until one of `profileChoices` is chosen. */
  @Column('text', { nullable: true })
  profileId!: string | null;

  @Column('text', { nullable: true })
  profileName!: string | null;

  @Column('jsonb', { nullable: true })
  profileChoices!: ProviderProfile[] | null;

  /** The API key, or the refresh token. @see sealed-fields.ts */
  @Column('text')
  sealedSecret!: string;

  /** The last characters of an API key, to tell keys apart. */
  @Column('text', { nullable: true })
  hint!: string | null;

  @Column('text', { nullable: true })
  sealedAccess!: string | null;

  @Column('timestamptz', { nullable: true })
  accessExpiresAt!: Date | null;

  /** Who is asking for a new access token right now, and until when the others wait. */
  @Column('uuid', { nullable: true })
  leaseId!: string | null;

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  @Column('text', { nullable: true })
  onboardingStatus!: OnboardingStatus | null;

  @Column('boolean', { nullable: true })
  canReceivePayments!: boolean | null;

  @Column('boolean', { nullable: true })
  canReceiveSettlements!: boolean | null;

  @Column('text', { nullable: true })
  dashboardUrl!: string | null;

  /** When Mollie was last asked how the account stands. */
  @Column('timestamptz')
  checkedAt!: Date;

  @Column('timestamptz')
  connectedAt!: Date;

  @Column('text')
  connectedBy!: string;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
