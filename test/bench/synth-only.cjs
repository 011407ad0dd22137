/**
 * Loads a register and makes its templates, without rule packs: what this project adds to the CDK. It is loaded as every command is, from
 * what was transpiled at `npm ci`.
 */
const { resolve } = require('node:path');

require('../../lib/start/typescript.cjs').loadTypeScript(resolve(__dirname, '../..'));
const { synthApp } = require('../../lib/commands/assembly/synth-app.ts');
const { dateOf } = require('../../lib/register/calendar.ts');
const { readRegisterFolder } = require('../../lib/register/folder.ts');
const { loadRegister } = require('../../lib/register/load.ts');
const { synthesise } = require('../../lib/stacks/synthesise.ts');

const [folder, day, outdir] = process.argv.slice(2);
if (outdir === undefined) throw new Error('usage: synth-only.cjs REGISTER DAY OUTDIR');
const asOf = dateOf(day);
const loaded = loadRegister(readRegisterFolder(folder), asOf);
if (!loaded.ok) throw new Error(`${folder} is not sound: ${loaded.diagnostics[0]?.message}`);
synthesise(synthApp(outdir), loaded.register, asOf);
