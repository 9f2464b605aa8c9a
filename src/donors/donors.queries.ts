import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { DonorAddress } from './donor-address.entity.js';
import { Donor } from './donor.entity.js';

@Injectable()
export class DonorQueries {
  constructor(private readonly uow: UnitOfWork) {}

  get(id: string): Promise<Donor> {
    return this.uow.manager.findOneByOrFail(Donor, { associationId: this.uow.associationId, id });
  }

  address(id: string): Promise<DonorAddress> {
    return this.uow.manager.findOneByOrFail(DonorAddress, { associationId: this.uow.associationId, id });
  }

  async byIds(ids: string[]): Promise<Map<string, Donor>> {
    const donors = await this.uow.manager.findBy(Donor, {
      associationId: this.uow.associationId,
      id: In(ids),
    });
    return new Map(donors.map((donor) => [donor.id, donor]));
  }

  async addressesByIds(ids: string[]): Promise<Map<string, DonorAddress>> {
    const addresses = await this.uow.manager.findBy(DonorAddress, {
      associationId: this.uow.associationId,
      id: In(ids),
    });
    return new Map(addresses.map((address) => [address.id, address]));
  }
}
