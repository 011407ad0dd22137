module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testTimeout: 120_000,
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js', 'cjs', 'json'],
  // Packages of @noble come as ES modules only, which jest can’t load as they are.
  transform: { '\\.ts$|/@noble/.*\\.js$': '<rootDir>/test/esbuild-transform.cjs' },
  transformIgnorePatterns: ['/node_modules/(?!@noble/)'],
  globalSetup: '<rootDir>/test/begin-run.cjs',
  globalTeardown: '<rootDir>/test/end-run.cjs',
  setupFiles: ['<rootDir>/test/setup.cjs'],
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
};
