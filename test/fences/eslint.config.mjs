import tseslint from 'typescript-eslint';

/** Budgets of the house: small files, small functions, few parameters. A test reads as a list, so its functions may be long. */
const budgets = {
  'max-lines': ['error', { max: 200 }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 8],
  'max-depth': ['error', 3],
  'max-params': ['error', 4],
};

/** Only service-kit reads the environment; everybody else takes an option. */
const ENVIRONMENT = { object: 'process', property: 'env', message: 'Only service-kit reads the environment; take an option instead.' };
const PROCESS = { name: 'node:process', message: 'Only service-kit reads the environment; take an option instead.' };
/** A decision takes `now` and its ids from the caller, so that the same history always tells the same. */
const CLOCKS = [['Date', 'now'], ['performance', 'now'], ['process', 'hrtime'], ['Math', 'random'], ['crypto', 'randomUUID'], ['crypto', 'getRandomValues']].map(([object, property]) => ({
  object, property, message: 'No clock and no randomness here: take `now` and ids from the caller.',
}));
const NEW_DATE = { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'No clock here: take `now` from the caller.' };
const RANDOM = { name: 'node:crypto', importNames: ['randomUUID', 'randomBytes', 'randomInt', 'default'], message: 'No randomness here: take ids from the caller.' };
/** A command line tells the time by itself. At the edge of the farmer service keys are made; the ledger's tables are marked, a worker numbers its orders. None is part of a decision. */
const EDGES = ['apps/*/src/**/*-command-line.ts', 'apps/platform/**', 'apps/farmer/src/personal-data/{crypto-suite,vault}.ts', 'apps/projection/src/store/**', 'apps/star/src/rescoring/**'];
const TESTS = ['**/*.{spec,contract,scenario}.ts', 'test/**'];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', '.cache/**', '**/*.mjs', '**/*.cjs'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/../..` } },
    rules: {
      ...budgets,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['{apps,libs}/**/*.ts'],
    ignores: ['libs/service-kit/**', '**/*.spec.ts'],
    rules: { 'no-restricted-properties': ['error', ENVIRONMENT], 'no-restricted-imports': ['error', { paths: [PROCESS] }] },
  },
  {
    files: ['apps/**/*.ts', 'libs/{contracts,decider,standards}/**/*.ts', 'libs/workbook/src/judge/**/*.ts'],
    ignores: [...EDGES, ...TESTS],
    rules: {
      'no-restricted-properties': ['error', ENVIRONMENT, ...CLOCKS],
      'no-restricted-syntax': ['error', NEW_DATE],
      'no-restricted-imports': ['error', { paths: [PROCESS, RANDOM] }],
    },
  },
  { files: TESTS, rules: { 'max-lines-per-function': 'off', 'no-console': 'off' } },
);
