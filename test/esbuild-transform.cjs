// Turns TypeScript, and the one dependency that is published as an ES module only, into CommonJS for jest.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const esbuild = require('esbuild');

const self = readFileSync(__filename);

module.exports = {
  getCacheKey: (source, path) =>
    createHash('sha256').update(self).update(esbuild.version).update(process.version).update(path).update('\0').update(source).digest('hex'),
  process: (source, path) => ({
    code: esbuild.transformSync(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      sourcefile: path,
      sourcemap: 'inline',
    }).code,
  }),
};
