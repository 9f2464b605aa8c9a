// npm test: everything that CI asks, in one command, setting up what it needs by itself.
//   npm test                    tools, checks, build, all tests
//   npm test -- receipts        tools, build, and the test files whose path matches
//   npm test -- --onlyChanged   any option of jest
import './support/typescript.mjs';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jestConfig from '../jest.config.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'var/test-results');
const isCi = process.env.CI === 'true';

/** A log file is read without a terminal's colours. */
const env = process.stdout.isTTY || process.env.FORCE_COLOR ? process.env : { ...process.env, NO_COLOR: '1' };

const CHECKS = ['format', 'lint', 'types', 'layers'];
/** Two runs: what measures races, whole lives or a browser must not share the processor with the rest. */
const UNDISTURBED = ['concurrency', 'stories', 'chaos', 'browser'];
const projectNames = jestConfig.projects.map(({ displayName }) => displayName);
const RUNS = [
  {
    name: 'most',
    projects: projectNames.filter((name) => !UNDISTURBED.includes(name)),
    workers: Math.max(2, Math.floor(availableParallelism() / 2)),
  },
  {
    name: 'undisturbed',
    projects: UNDISTURBED,
    workers: Math.max(1, Math.floor(availableParallelism() / 8)),
  },
];

/** Runs an npm script. `output` is what it said, unless it speaks to the terminal itself. */
function npm(script, args = [], stdio = ['ignore', 'pipe', 'pipe']) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      cwd: root,
      stdio,
      env,
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ isOk: false, output: error.message, seconds: 0 }));
    child.on('close', (code) =>
      resolve({ isOk: code === 0, output: output.trim(), seconds: (Date.now() - started) / 1000 }),
    );
  });
}

async function step(script) {
  const { isOk, output, seconds } = await npm(script);
  console.log(`${isOk ? 'ok    ' : 'FAILED'} ${script} (${seconds.toFixed(1)} s)`);
  if (!isOk) console.log(output);
  return isOk ? [] : [script];
}

/** Two at a time: each of them keeps a core busy. */
async function runChecks() {
  const queue = CHECKS.map((check) => `check:${check}`);
  const failed = [];
  const work = async () => {
    for (let script = queue.shift(); script; script = queue.shift()) failed.push(...(await step(script)));
  };
  await Promise.all([work(), work()]);
  return failed;
}

async function runJest(name, args) {
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const options = ['--json', `--outputFile=${file}`, ...(isCi ? ['--ci'] : []), ...args];
  const { isOk } = await npm('jest', options, ['ignore', 'ignore', 'inherit']);
  return { isOk, ...readResult(file) };
}

function readResult(file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    const skipped = result.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'pending' || status === 'todo'),
    );
    return {
      passed: result.numPassedTests,
      // A file that could not even be loaded has no tests to count: it counts as one.
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: skipped.map(({ fullName }) => fullName),
    };
  } catch {
    // Jest itself broke off.
    return { passed: 0, failed: 1, skipped: [] };
  }
}

function listSkipped(skipped, missing, howToGet) {
  if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
  for (const tool of missing) console.log(`Missing: ${tool}. To run all tests, ${howToGet(tool)}.`);
}

const { installMissingTools } = await import('./support/tools/install.ts');
const { howToGet } = await import('./support/tools/tools.ts');
const jestArguments = process.argv.slice(2);
const isWhole = jestArguments.length === 0;
mkdirSync(results, { recursive: true });

const missing = installMissingTools((text) => console.log(text));
const failedSteps = isWhole ? await runChecks() : [];
failedSteps.push(...(await step('build')));

const outcomes = [];
if (isWhole) {
  for (const { name, projects, workers } of RUNS) {
    const options = [`--maxWorkers=${workers}`, '--passWithNoTests', '--selectProjects', ...projects];
    outcomes.push(await runJest(name, options));
  }
} else {
  outcomes.push(await runJest('chosen', jestArguments));
}

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
const skipped = outcomes.flatMap((outcome) => outcome.skipped);
listSkipped(skipped, missing, howToGet);
if (failedSteps.length > 0) console.log(`\nFailed besides the tests: ${failedSteps.join(', ')}`);
console.log(`\nTests: ${passed} passed, ${failed} failed, ${skipped.length} skipped`);
const isGood = failedSteps.length === 0 && failed === 0 && passed > 0 && outcomes.every(({ isOk }) => isOk);
process.exitCode = isGood ? 0 : 1;
