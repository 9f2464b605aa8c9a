import { Module } from '@nestjs/common';
import { AssociationsModule } from '../associations/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ChangeForm } from './change-form.js';
import { CreateForm } from './create-form.js';
import { FormLogoController } from './form-logo.controller.js';
import { FormsController } from './forms.controller.js';
import { FormQueries } from './forms.queries.js';
import { FormsRepository } from './forms.repository.js';
import { MoveForm } from './move-form.js';
import { PublicFormsController } from './public-forms.controller.js';
import { SetFormLogo } from './set-form-logo.js';

@Module({
  imports: [AssociationsModule, PaymentsModule],
  controllers: [PublicFormsController, FormLogoController, FormsController],
  providers: [FormsRepository, FormQueries, CreateForm, ChangeForm, MoveForm, SetFormLogo],
  exports: [FormQueries, CreateForm, MoveForm],
})
export class FormsModule {}
