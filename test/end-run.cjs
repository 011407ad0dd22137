// After all tests: removes what begin-run.cjs made, and fails where an assembly that all test files share was changed.
const { existsSync, readdirSync, rmSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');

module.exports = async () => {
  const run = process.env.CONCORDAT_TEST_RUN;
  const changed = readdirSync(run).flatMap((name) => changedIn(join(run, name)));
  rmSync(dirname(run), { recursive: true, force: true });
  if (changed.length > 0) throw new Error(`a test changed what all share: ${changed.join(', ')}`);
};

/** What is later than the mark beside a folder. Of what was added or removed, the folder has the date. */
function changedIn(folder) {
  if (!existsSync(`${folder}.made`)) return [];
  const { mtimeMs } = statSync(`${folder}.made`);
  const all = ['.', ...readdirSync(folder, { recursive: true })].map((name) => join(folder, name));
  return all.filter((path) => statSync(path).mtimeMs > mtimeMs);
}
