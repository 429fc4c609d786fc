import { findRedis } from './scripts/redis-server.js';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  transform: { '^.+\\.(t|j)s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!(content-disposition|cookie)/)'],
};

const endToEnd = {
  ...shared,
  displayName: 'e2e',
  testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};

/** What most depends on how the queue behaves, once more on Redis. `TEST_QUEUE=redis npm test` has everything there. */
const ON_BOTH = [
  ...['queue', 'queue-boot', 'queue-coalescing', 'queue-faults', 'queue-schedule'],
  'main-job',
];
const onRedis = {
  ...endToEnd,
  displayName: 'redis',
  testMatch: ON_BOTH.map((name) => `<rootDir>/test/${name}.e2e-spec.ts`),
  setupFiles: ['<rootDir>/test/support/on-redis.js'],
};

export default {
  maxWorkers: 2,
  // A slow machine is not a fault: what hangs is.
  testTimeout: 180_000,
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...shared,
      displayName: 'rules',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/*.spec.ts'],
    },
    endToEnd,
    ...(findRedis() && process.env.TEST_QUEUE !== 'redis' ? [onRedis] : []),
  ],
};
