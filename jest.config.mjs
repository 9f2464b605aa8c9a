// Jest in ESM mode: the application is ESM, and on Node 20 jest cannot require() ESM packages.
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** A folder of tests that needs a database (and what else its global set-up starts). */
const withServices = (displayName) => ({
  ...base,
  displayName,
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
});

export default {
  // Of the whole run: jest does not read it from a project.
  testTimeout: 60_000,
  // Modules of a finished file are not given back: a worker that has grown is replaced.
  workerIdleMemoryLimit: '900MB',
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    ...[
      'architecture',
      'migrations',
      'integration',
      'http',
      'properties',
      'concurrency',
      'stories',
      'chaos',
      'browser',
    ].map(withServices),
  ],
};
