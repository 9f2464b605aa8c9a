import { DomainError, invalidField } from '../../kernel/domain-error.js';
import { defineConstraintErrors } from '../../platform/database/constraint-errors.js';

export const planNotFound = () =>
  new DomainError('not_found', 'plan_not_found', 'There is no such monthly gift.');

export const planNotActive = () =>
  new DomainError('conflict', 'plan_not_active', 'Only an active plan is charged.');

export const planEnded = () =>
  new DomainError('conflict', 'plan_ended', 'This plan has ended: the donor takes it up again by a payment.');

export const planNotBegun = () =>
  new DomainError('conflict', 'plan_not_begun', 'The first payment of this plan is not made yet.');

export const chargeUnderWay = () =>
  new DomainError('conflict', 'plan_charge_under_way', 'A payment of this plan is under way.');

export const nothingToRetry = () =>
  new DomainError('conflict', 'plan_nothing_to_retry', 'The last period of this plan did not fail.');

export const tipOnlyOnce = () =>
  invalidField(
    '/tip',
    'tip_only_once',
    'A contribution to the platform goes with a gift that is given once.',
  );

export const frequencyNotOffered = () =>
  invalidField('/frequency', 'frequency_not_offered', 'This form does not take gifts of that frequency.');

defineConstraintErrors({
  plans_identity: () =>
    new DomainError(
      'conflict',
      'plan_identity_fixed',
      'A plan keeps its donor, form, frequency and beginning.',
    ),
});
