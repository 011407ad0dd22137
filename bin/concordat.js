#!/usr/bin/env node
// Runs concordat.ts without a build step, from any folder.
require('tsx/cjs');
require('./concordat.ts');
