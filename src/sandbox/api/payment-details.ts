import { findMethod } from '../rules/methods.js';
import { bankReason } from '../rules/sepa-reasons.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';

type Json = Record<string, unknown>;

const IBAN = 'FR7630006000011234567890189';

/** What Mollie tells of the account or card behind a payment, by method. */
export function paymentDetails(context: SandboxContext, payment: PaymentRecord): Json | null {
  if (payment.method === 'banktransfer') {
    return {
      bankName: 'Banque du bac à sable',
      bankAccount: IBAN,
      bankBic: 'AGRIFRPP',
      transferReference: `RF${payment.id.slice(3, 15).toUpperCase()}`,
    };
  }
  if (payment.method === 'directdebit') return debitDetails(context, payment);
  if (payment.method === null || findMethod(payment.method)?.takesCards !== true) return null;
  if (payment.status !== 'paid' && payment.failureReason === null) return null;
  return {
    cardNumber: '6787',
    cardLabel: 'Visa',
    cardFunding: 'debit',
    cardCountryCode: 'FR',
    feeRegion: 'intra-eu-cards',
    ...(payment.failureReason === null ? {} : { failureReason: payment.failureReason }),
  };
}

function debitDetails(context: SandboxContext, payment: PaymentRecord): Json {
  const customer = context.state.customers.get(payment.customerId ?? '');
  const mandate = customer?.mandates.find((one) => one.id === payment.mandateId);
  const reason = payment.failureReason;
  return {
    transferReference: `SD${payment.id.slice(3, 15).toUpperCase()}`,
    creditorIdentifier: 'FR00ZZZ000000',
    consumerName: mandate?.details.consumerName ?? null,
    consumerAccount: mandate?.details.consumerAccount ?? null,
    consumerBic: mandate?.details.consumerBic ?? null,
    mandateReference: mandate?.mandateReference ?? null,
    signatureDate: mandate?.signatureDate ?? null,
    ...(reason === null ? {} : { bankReasonCode: reason, bankReason: bankReason(reason) }),
  };
}
