/** The levels of ARCHITECTURE.md, lowest first. A module imports only from lower levels, and only their index.ts. */
const LEVELS = [
  ['kernel'],
  ['platform'],
  ['journal'],
  ['alerts'],
  ['ledger', 'mailing'],
  ['associations'],
  ['accounts', 'donors', 'payments'],
  ['forms'],
  ['campaigns'],
  ['donations'],
  ['receipts'],
  ['integrations', 'public-pages', 'dashboard'],
];
const all = LEVELS.flat();
const rules = [];
LEVELS.forEach((level, i) => {
  const higherOrEqual = LEVELS.slice(i).flat();
  for (const module of level) {
    const forbidden = higherOrEqual.filter((m) => m !== module);
    if (forbidden.length > 0) {
      rules.push({
        name: `level-${module}`,
        severity: 'error',
        comment: 'Calls go down, events go up.',
        from: { path: `^src/${module}/` },
        to: { path: `^src/(${forbidden.join('|')})/` },
      });
    }
  }
});

module.exports = {
  forbidden: [
    ...rules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-index-across-modules',
      severity: 'error',
      comment:
        'Another module is entered by its index.ts only. kernel and platform are toolboxes: their files are their face.',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: `^src/(${all.filter((m) => m !== 'kernel' && m !== 'platform').join('|')}|sandbox)/`,
        pathNot: ['^src/$1/', '/index\\.ts$'],
      },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^src/kernel/', '^node:crypto$', '^crypto$', 'node_modules/(n2words|uuid|zod)/'] },
    },
    {
      name: 'sandbox-imports-kernel-only',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/(?!sandbox/|kernel/)' },
    },
    {
      name: 'only-the-embedded-boot-imports-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/sandbox/', '^src/embedded-boot\\.ts$'] },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'modules-do-not-import-the-composition-root',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.spec\\.ts$', '^src/(main|worker|cli)\\.ts$', '^src/sandbox/main\\.ts$', '\\.d\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
