/**
 * Where what is built is kept, and how a later start sees that it is still good. In a clone `npm ci` builds it. A package that was
 * installed brings it: `npm pack` has built it, nothing there changes any more, and no script has to run where it is installed.
 */
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');

/** Where `npm pack` puts what it builds. */
const packedIn = (root, name) => join(root, 'built', name);

/** Whether this is an installed package, which has brought it. A clone is never taken for one, whatever `npm pack` has left there. */
function isPackage(root, name) {
  const above = dirname(resolve(root));
  return basename(above) === 'node_modules' && existsSync(packedIn(root, name));
}

/** A folder for what is built: `npm ci` empties it, so what lies there is never older than the tools that made it. */
const cachedIn = (root, name) =>
  isPackage(root, name) ? packedIn(root, name) : join(root, 'node_modules', '.cache', name);

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

module.exports = { cachedIn, isPackage, packedIn, putInPlace, stampOf };
