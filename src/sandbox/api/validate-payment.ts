import { Money } from '../../kernel/money.js';
import type { NewPayment } from '../rules/create-payment.js';
import { METHODS, findMethod, fitsMethod, isKnownMethod, type Method } from '../rules/methods.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { SequenceType } from '../state/records.js';
import type { Caller } from './caller.js';
import { unprocessable } from './mollie-error.js';
import {
  asInput,
  missing,
  readAmountOrZero,
  readLocale,
  readMetadata,
  readUrl,
  type Input,
} from './read-input.js';
import { validateApplicationFee } from './validate-application-fee.js';
import { readSequence, validateSequence } from './validate-sequence.js';

const DESCRIPTION_LIMIT = 255;

/** @throws MollieError 422 with the first wrong field; 410 for a mandate that is gone */
export function validatePayment(context: SandboxContext, caller: Caller, body: unknown): NewPayment {
  const input = asInput(body);
  const amount = readAmountOrZero(input.amount);
  const asked = readMethods(input.method, readSequence(input.sequenceType));
  const sequence = validateSequence(
    context,
    caller,
    input,
    asked.map((method) => method.id),
  );
  assertFits(
    amount,
    sequence.mandate ? [findMethod(sequence.mandate.method)!] : asked,
    sequence.sequenceType,
  );
  if (input.captureMode !== undefined && input.captureMode !== 'automatic') {
    throw unprocessable('captureMode', 'The sandbox captures automatically only.');
  }
  return {
    organizationId: caller.organizationId,
    profileId: readOwnProfile(context, caller),
    mode: caller.mode,
    amount,
    ...sequence,
    applicationFee: validateApplicationFee(caller, input.applicationFee, amount),
    description: readDescription(input.description),
    redirectUrl: readRedirectUrl(input, sequence.sequenceType),
    cancelUrl: readUrl(input, 'cancelUrl'),
    webhookUrl: readUrl(input, 'webhookUrl'),
    metadata: readMetadata(input.metadata),
    locale: readLocale(input.locale),
    methods: asked.map((method) => method.id),
  };
}

/** A token acts for an organisation: which of its profiles must be said. */
function readOwnProfile(context: SandboxContext, caller: Caller): string {
  if (caller.profileId === null) return missing('profileId', 'profile ID');
  if (!caller.isToken) return caller.profileId;
  const profiles = context.state.organizations.get(caller.organizationId)?.profiles ?? [];
  if (!profiles.some((one) => one.id === caller.profileId)) {
    throw unprocessable('profileId', 'The profile ID is invalid');
  }
  return caller.profileId;
}

function readRedirectUrl(input: Input, sequence: SequenceType): string | null {
  const url = readUrl(input, 'redirectUrl');
  return url ?? (sequence === 'recurring' ? null : missing('redirectUrl', 'redirect URL'));
}

function readMethods(value: unknown, sequence: SequenceType): Method[] {
  const asked = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  return asked.map((id: unknown) => {
    if (typeof id !== 'string' || !isKnownMethod(id)) {
      throw unprocessable('method', 'The payment method is invalid');
    }
    const method = findMethod(id);
    if (!method) throw unprocessable('method', 'The payment method is not activated on your account');
    if (!method.sequences.includes(sequence)) {
      throw unprocessable('method', `The payment method is not available for ${sequence} payments`);
    }
    return method;
  });
}

function assertFits(amount: Money, asked: Method[], sequence: SequenceType): void {
  const usable = asked.length > 0 ? asked : METHODS.filter((one) => one.sequences.includes(sequence));
  if (usable.some((method) => fitsMethod(amount, method, sequence))) return;
  const tooLow = usable.every((method) => amount.compare(Money.fromJson(method.minimum)) < 0);
  throw unprocessable(
    'amount',
    `The amount is ${tooLow ? 'lower than the minimum' : 'higher than the maximum'}`,
  );
}

/** Too long is cut, never refused: as Mollie does. */
function readDescription(value: unknown): string {
  if (value === undefined || value === null || value === '') return missing('description', 'description');
  if (typeof value !== 'string') throw unprocessable('description', 'The description is invalid');
  return value.slice(0, DESCRIPTION_LIMIT);
}
