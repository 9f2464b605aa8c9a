/**
 * What the platform's app asks for (docs.mollie.com, "Permissions"). All at once: whoever adds one later must ask every
 * association to connect again.
 */
export const CONNECT_SCOPES = [
  'payments.read',
  'payments.write',
  'refunds.read',
  'refunds.write',
  'customers.read',
  'customers.write',
  'mandates.read',
  'mandates.write',
  'profiles.read',
  'organizations.read',
  'onboarding.read',
  'settlements.read',
  'balances.read',
] as const;
