#!/usr/bin/env node
// Runs landing-zone.ts, from any folder.
require('../lib/start/typescript.cjs').loadTypeScript(require('node:path').resolve(__dirname, '..'));
require('./landing-zone.ts');
