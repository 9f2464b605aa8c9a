import { isUsable, latestValidMandate } from '../rules/mandates.js';
import type { SandboxContext } from '../sandbox-context.js';
import {
  SEQUENCE_TYPES,
  type CustomerRecord,
  type MandateRecord,
  type SequenceType,
} from '../state/records.js';
import type { Caller } from './caller.js';
import { MollieError, unprocessable } from './mollie-error.js';
import { missing, readText, type Input } from './read-input.js';

interface Sequence {
  sequenceType: SequenceType;
  customerId: string | null;
  mandate: MandateRecord | null;
}

/**
 * Whom a payment is for, and what it charges.
 * @throws MollieError 422 without customer or valid mandate; 410 for a given mandate that is gone
 */
export function validateSequence(
  context: SandboxContext,
  caller: Caller,
  input: Input,
  methods: string[],
): Sequence {
  const sequenceType = readSequence(input.sequenceType);
  const customer = readCustomer(context, caller, input);
  if (sequenceType === 'oneoff') return { sequenceType, customerId: customer?.id ?? null, mandate: null };
  if (!customer) return missing('customerId', 'customer ID');
  const mandate = sequenceType === 'recurring' ? chooseMandate(customer, input, methods) : null;
  return { sequenceType, customerId: customer.id, mandate };
}

export function readSequence(value: unknown): SequenceType {
  if (value === undefined || value === null) return 'oneoff';
  const known = SEQUENCE_TYPES.find((one) => one === value);
  if (!known) throw unprocessable('sequenceType', 'The sequence type is invalid');
  return known;
}

function readCustomer(context: SandboxContext, caller: Caller, input: Input): CustomerRecord | null {
  const id = readText(input, 'customerId');
  if (id === null) return null;
  const customer = context.state.customers.get(id);
  if (customer?.organizationId !== caller.organizationId || customer.mode !== caller.mode) {
    throw unprocessable('customerId', 'The customer id is invalid.');
  }
  return customer;
}

function chooseMandate(customer: CustomerRecord, input: Input, methods: string[]): MandateRecord {
  const id = readText(input, 'mandateId');
  if (id === null) {
    const latest = latestValidMandate(customer, methods);
    if (!latest) throw new MollieError(422, 'No suitable mandates found for customer');
    return latest;
  }
  const mandate = customer.mandates.find((one) => one.id === id);
  if (!mandate) throw unprocessable('mandateId', 'The mandate ID is invalid');
  if (mandate.revokedAt !== null || mandate.status === 'invalid') {
    throw new MollieError(410, 'The mandate is no longer available');
  }
  if (!isUsable(mandate)) throw unprocessable('mandateId', 'The mandate is not valid yet');
  if (methods.length > 0 && !methods.includes(mandate.method)) {
    throw unprocessable('method', 'The payment method does not fit the mandate');
  }
  return mandate;
}
