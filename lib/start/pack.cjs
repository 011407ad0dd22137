/**
 * Builds what a package brings, before `npm pack` (`prepack`), and takes it away again afterwards (`postpack`): the program as
 * JavaScript, the functions and the client as bundles, and the lockfile. npm packs no package-lock.json, and takes no lockfile from
 * the package that is installed (npm/cli issue 5349): `concordat init` gives it to the zone’s own folder instead.
 */
const { copyFileSync, existsSync, rmSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { bundleForPackage } = require('./bundle.cjs');
const { transpileForPackage } = require('./transpile.cjs');

const root = resolve(__dirname, '../..');
const lockfile = join(root, 'package-lock.json');

// A package that is packed again has brought all of it, and keeps it.
if (existsSync(lockfile)) {
  if (process.argv[2] === 'after') rmSync(join(root, 'built'), { recursive: true, force: true });
  else {
    transpileForPackage(root);
    bundleForPackage(root);
    copyFileSync(lockfile, join(root, 'built/lockfile.json'));
  }
}
