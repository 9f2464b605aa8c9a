import { Module } from '@nestjs/common';
import { DonorQueries } from './donors.queries.js';
import { RecordDonor } from './record-donor.js';

@Module({ providers: [RecordDonor, DonorQueries], exports: [RecordDonor, DonorQueries] })
export class DonorsModule {}
