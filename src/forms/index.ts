export { assertAmountAccepted } from './amount-rules.js';
export { CreateForm } from './create-form.js';
export { Form, type DonorField, type SuggestedAmount } from './form.entity.js';
export type { NewForm } from './form-input.js';
export { FormsModule } from './forms.module.js';
export { FormQueries } from './forms.queries.js';
export { MoveForm } from './move-form.js';
