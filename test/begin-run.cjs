// Before all tests: a folder for what test files share, such as bundles and the synthesised sample. It lasts for one run,
// so nothing in it can be older than the code.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  process.env.CONCORDAT_TEST_RUN = mkdtempSync(join(tmpdir(), 'concordat-test-run-'));
};
