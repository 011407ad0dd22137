// Turns TypeScript into CommonJS for jest; tsc checks the types.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const esbuild = require('esbuild');
const { PLAIN_EXPORTS } = require('../lib/start/transpile.cjs');

const self = readFileSync(__filename);

module.exports = {
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(self)
      .update(esbuild.version)
      .update(process.version)
      .update(PLAIN_EXPORTS)
      .update(path)
      .update('\0')
      .update(source)
      .digest('hex'),
  process: (source, path) => ({
    code: esbuild.transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      // Jest runs no native import().
      supported: { 'dynamic-import': false },
      sourcefile: path,
      sourcemap: 'inline',
      // As the program is made. Packages may export what changes.
      ...(!path.includes('node_modules') && { footer: PLAIN_EXPORTS }),
    }).code,
  }),
};
