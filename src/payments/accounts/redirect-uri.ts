import type { AppConfig } from '../../platform/config/app-config.js';

/** Where Mollie sends the owner back to; registered there with the app. */
export function redirectUri({ http }: AppConfig): string {
  return `${http.publicUrl}/mollie/callback`;
}
