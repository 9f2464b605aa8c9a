import { isTestMode, type AppConfig } from './platform/config/app-config.js';
import type { Demo } from './seed-demo.js';

/** The first thing a person sees of Obole. Kept short. */
export function banner(config: AppConfig, demo: Demo | null): string {
  const { publicUrl } = config.http;
  if (config.role === 'worker')
    return `Obole worker: health at http://${config.http.host}:${config.http.port}/health/ready`;
  const lines: Array<[string, string]> = [
    ...(demo ? ([['Gift page', `${publicUrl}${demo.formPath}`]] as Array<[string, string]>) : []),
    ['API docs', `${publicUrl}/docs`],
    ...(config.mail.smtpUrl === null
      ? ([['Mailbox', `${publicUrl}/boite-aux-lettres`]] as Array<[string, string]>)
      : []),
    ...(demo ? ([['API key', `${demo.apiKey}  (demo treasurer)`]] as Array<[string, string]>) : []),
  ];
  return [
    '',
    `  Obole is running at ${publicUrl}`,
    ...(isTestMode(config) ? ['  Sandbox: no real money moves.'] : []),
    '',
    ...lines.map(([name, value]) => `  ${name.padEnd(10)} ${value}`),
    '',
    '  Ctrl-C stops it; the data stay.',
    '',
  ].join('\n');
}
