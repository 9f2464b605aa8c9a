import { spawn } from 'node:child_process';
import { programPath } from './tools/tools.js';

/** The text as a reader's search finds it: spaces of all kinds as one. Needs poppler. */
export function pdfText(pdf: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(programPath('PDFTOTEXT_BIN'), ['-layout', '-', '-']);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(plainSpaces(text)) : reject(new Error(`pdftotext ended with ${code}.`)),
    );
    child.stdin.end(pdf);
  });
}

/** French puts unbreakable spaces in many places. */
export function plainSpaces(text: string): string {
  return text.replace(/\s+/gu, ' ');
}
