import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { identityKey, type DonorIdentity } from './donor-identity.js';

export interface PostalAddress {
  line1: string;
  line2?: string | null;
  postalCode: string;
  city: string;
  country: string;
}

export interface RecordedDonor {
  donorId: string;
  addressId: string | null;
}

/** Finds the donor or writes them down, in the running unit. Two at once make one donor. */
@Injectable()
export class RecordDonor {
  constructor(private readonly uow: UnitOfWork) {}

  async run(identity: DonorIdentity, address: PostalAddress | null): Promise<RecordedDonor> {
    const donorId = await this.donor(identity);
    return { donorId, addressId: address ? await this.address(donorId, address) : null };
  }

  private async donor({ kind, firstName, lastName, email }: DonorIdentity): Promise<string> {
    const key = identityKey({ kind, firstName, lastName, email });
    const id = newId();
    const inserted = await this.uow.execute(
      `INSERT INTO donors (association_id, id, kind, first_name, last_name, email, identity_key) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT ON CONSTRAINT donors_identity_unique DO NOTHING`,
      [this.uow.associationId, id, kind, firstName, lastName, email, key],
    );
    if (inserted === 1) return id;
    const [known] = await this.uow.query<{ id: string }>(
      `SELECT id FROM donors WHERE association_id = $1 AND identity_key = $2`,
      [this.uow.associationId, key],
    );
    return known!.id;
  }

  /** The same address as last time keeps its row. */
  private async address(
    donorId: string,
    { line1, line2 = null, postalCode, city, country }: PostalAddress,
  ): Promise<string> {
    const values = [this.uow.associationId, donorId, line1, line2, postalCode, city, country];
    const [same] = await this.uow.query<{ id: string }>(
      `SELECT id FROM (
         SELECT * FROM donor_addresses WHERE association_id = $1 AND donor_id = $2 ORDER BY id DESC LIMIT 1) AS latest
        WHERE line1 = $3 AND line2 IS NOT DISTINCT FROM $4 AND postal_code = $5 AND city = $6 AND country = $7`,
      values,
    );
    if (same) return same.id;
    const id = newId();
    await this.uow.execute(
      `INSERT INTO donor_addresses (association_id, donor_id, line1, line2, postal_code, city, country, id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...values, id],
    );
    return id;
  }
}
