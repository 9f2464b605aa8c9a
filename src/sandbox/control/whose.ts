import { z } from 'zod';
import type { SandboxContext } from '../sandbox-context.js';
import { organizationIdOf, profileIdOf } from '../state/random-id.js';

/** Whose money is meant: an API key's, or an organisation's; nobody named means everybody. */
export const whoseSchema = z.object({
  apiKey: z.string().optional(),
  organizationId: z.string().optional(),
});

export function organizationsMeant(
  context: SandboxContext,
  { apiKey, organizationId }: z.infer<typeof whoseSchema>,
): string[] {
  if (apiKey !== undefined) return [organizationIdOf(profileIdOf(apiKey))];
  return organizationId === undefined ? context.state.organizationsWithPayments() : [organizationId];
}
