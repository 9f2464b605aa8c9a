import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../../kernel/clock.js';
import type { ProviderMode } from '../providers/payment-provider.js';
import type { MandateState } from './mandate.state.js';

/** Leave to charge without the donor. Nothing personal: the provider alone knows card and account. */
@Entity('payment_mandates')
export class Mandate {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** Whose it is; payments do not know what that is. */
  @Column('uuid')
  holder!: string;

  @Column('text')
  state!: MandateState;

  /** One customer for each mandate; made right before the first payment. */
  @Column('text', { nullable: true })
  providerCustomerId!: string | null;

  /** Known once the first payment is paid. */
  @Column('text', { nullable: true })
  providerMandateId!: string | null;

  @Column('text', { nullable: true })
  method!: string | null;

  @Column('date', { nullable: true })
  cardExpiresOn!: LegalDate | null;

  @Column('uuid', { nullable: true })
  accountId!: string | null;

  @Column('text')
  mode!: ProviderMode;

  @Column('text', { nullable: true })
  profileId!: string | null;

  @Column('text', { nullable: true })
  organizationId!: string | null;

  @Column('timestamptz', { nullable: true })
  syncedAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;
}
