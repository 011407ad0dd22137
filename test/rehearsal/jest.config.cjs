// The rehearsal on a real endpoint, apart from all other tests: it needs Python, and the network once. `npm run test:rehearsal`.
const main = require('../../jest.config.cjs');

module.exports = {
  ...main,
  rootDir: '../..',
  testMatch: ['**/rehearsal/**/*.rehearsal.ts'],
  // Each starts an endpoint, functions and the command line of the CDK.
  maxWorkers: 1,
  testTimeout: 600_000,
};
