import { dirname } from 'node:path';

const rootDir = dirname(import.meta.dirname);

const base = {
  rootDir,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^#([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
};

/** pure: no I/O, part of `npm run check` · real: PostgreSQL and Kafka, one file at a time · scenario: whole journeys */
export default {
  projects: [
    { ...base, displayName: 'pure', testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'] },
    { ...base, displayName: 'real', testMatch: ['<rootDir>/{apps,libs,test}/**/*.contract.ts'] },
    { ...base, displayName: 'scenario', testMatch: ['<rootDir>/test/**/*.scenario.ts'] },
  ],
};
