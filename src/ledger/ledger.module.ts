import { Module } from '@nestjs/common';
import { PostEntry } from './post-entry.js';

@Module({ providers: [PostEntry], exports: [PostEntry] })
export class LedgerModule {}
