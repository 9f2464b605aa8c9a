import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that tests use and npm cannot bring. The environment variable, where set, is believed. */
const TOOLS = {
  redis: {
    programs: { REDIS_SERVER_BIN: ['redis-server'] },
    debianPackage: 'redis-server',
  },
  chromium: {
    programs: { CHROMIUM_BIN: ['chromium', 'chromium-browser', 'google-chrome'] },
    debianPackage: 'chromium',
  },
  poppler: {
    programs: { PDFTOTEXT_BIN: ['pdftotext'], PDFTOPPM_BIN: ['pdftoppm'] },
    debianPackage: 'poppler-utils',
  },
  qpdf: {
    programs: { QPDF_BIN: ['qpdf'] },
    debianPackage: 'qpdf',
  },
} as const;

export type ToolName = keyof typeof TOOLS;

export type ProgramVariable = {
  [T in ToolName]: keyof (typeof TOOLS)[T]['programs'];
}[ToolName];

export const toolNames = Object.keys(TOOLS) as ToolName[];

export function debianPackageOf(tool: ToolName): string {
  return TOOLS[tool].debianPackage;
}

export function isAvailable(tool: ToolName): boolean {
  const programs: Record<string, readonly string[]> = TOOLS[tool].programs;
  return Object.entries(programs).every(([variable, names]) => locate(variable, names) !== undefined);
}

/** One sentence for whoever lacks the tool. */
export function howToGet(tool: ToolName): string {
  const variables = Object.keys(TOOLS[tool].programs).join(' and ');
  return `install the package ${debianPackageOf(tool)} (Debian's name), or set ${variables}`;
}

/** The path of a program, by the variable that may name it: `programPath('CHROMIUM_BIN')`. */
export function programPath(variable: ProgramVariable): string {
  for (const tool of toolNames) {
    const programs: Record<string, readonly string[]> = TOOLS[tool].programs;
    const names = programs[variable];
    if (!names) continue;
    const path = locate(variable, names);
    if (path) return path;
    throw new Error(`${names[0]} is missing: ${howToGet(tool)}.`);
  }
  throw new Error(`No tool is configured by ${variable}.`);
}

function locate(variable: string, names: readonly string[]): string | undefined {
  const configured = process.env[variable];
  if (configured) return isExecutable(configured) ? configured : undefined;
  const directories = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
