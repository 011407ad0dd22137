// After all tests: removes what begin-run.cjs made.
const { rmSync } = require('node:fs');

module.exports = async () => {
  rmSync(process.env.CONCORDAT_TEST_RUN, { recursive: true, force: true });
};
