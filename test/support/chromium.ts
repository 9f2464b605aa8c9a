import { chromium, type Browser } from 'playwright-core';
import { programPath } from './tools/tools.js';

export const PHONE = { width: 360, height: 640 };
export const DESKTOP = { width: 1280, height: 800 };

/** Without the calls home of a browser that nobody sits in front of. */
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-gpu',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: programPath('CHROMIUM_BIN'), headless: true, args: FLAGS });
}
