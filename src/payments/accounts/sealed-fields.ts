import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import type { MollieAccount } from './mollie-account.entity.js';

type Whose = Pick<MollieAccount, 'associationId' | 'id'>;

/** The columns of an account that are sealed, each bound to its row and its name. */
export const SEALED_FIELDS = ['sealedSecret', 'sealedAccess'] as const;
export type SealedField = (typeof SEALED_FIELDS)[number];

/** Seals and opens an account's secrets. */
@Injectable()
export class SealedFields {
  constructor(private readonly box: SecretBox) {}

  seal(whose: Whose, field: SealedField, secret: string): string {
    return this.box.seal(secret, placeOf(whose, field));
  }

  /** @throws DomainError `secret_key_unknown`, `secret_unreadable` */
  open(whose: Whose, field: SealedField, sealed: string): string {
    return this.box.open(sealed, placeOf(whose, field));
  }
}

function placeOf({ associationId, id }: Whose, field: SealedField) {
  return { associationId, rowId: id, field: `provider_accounts.${field}` };
}
