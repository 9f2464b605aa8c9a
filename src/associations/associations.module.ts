import { Module } from '@nestjs/common';
import { AssociationsController } from './associations.controller.js';
import { AssociationDirectory, AssociationQueries } from './associations.queries.js';
import { AssociationsRepository } from './associations.repository.js';
import { ChangeAssociation } from './change-association.js';
import { CreateAssociation } from './create-association.js';
import { SetSignature } from './set-signature.js';

@Module({
  controllers: [AssociationsController],
  providers: [
    AssociationsRepository,
    AssociationQueries,
    AssociationDirectory,
    CreateAssociation,
    ChangeAssociation,
    SetSignature,
  ],
  exports: [AssociationQueries, AssociationDirectory, CreateAssociation],
})
export class AssociationsModule {}
