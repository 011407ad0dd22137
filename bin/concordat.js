#!/usr/bin/env node
// Runs concordat.ts, from any folder.
require('../lib/start/typescript.cjs').loadTypeScript(require('node:path').resolve(__dirname, '..'));
require('./concordat.ts');
