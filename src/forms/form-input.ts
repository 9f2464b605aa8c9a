import type { Form } from './form.entity.js';

/** What may be said of a form. Absent: unchanged; null clears the goal. The API's DTO satisfies it. */
export type FormChanges = Partial<
  Pick<
    Form,
    | 'slug'
    | 'title'
    | 'description'
    | 'suggestedAmounts'
    | 'allowsFreeAmount'
    | 'minimumCents'
    | 'maximumCents'
    | 'requiredDonorFields'
    | 'frequencies'
    | 'thankYouText'
    | 'colour'
    | 'goalCents'
    | 'platformTip'
  >
>;

export type NewForm = FormChanges & Required<Pick<FormChanges, 'slug' | 'title'>>;
