/** Where `npm ci` leaves what it builds, and how a later start sees that it is still good. */
const { mkdirSync, mkdtempSync, renameSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** A folder for what is built: `npm ci` empties it, so what lies there is never older than the tools that made it. */
const cachedIn = (root, name) => join(root, 'node_modules', '.cache', name);

/** What tells a version of a file from another, without reading it. */
const stampOf = ({ mtimeMs, size }) => `${mtimeMs} ${size}`;

/** Has a folder made beside its place, and puts it there as a whole: what was there before stays where that fails. */
function putInPlace(target, make) {
  mkdirSync(dirname(target), { recursive: true });
  const fresh = mkdtempSync(`${target}-`);
  try {
    make(fresh);
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

module.exports = { cachedIn, putInPlace, stampOf };
