/** Loads a register and makes its templates, without rule packs: what this project adds to the CDK. */

import { synthApp } from '../../lib/commands/assembly/synth-app';
import { dateOf } from '../../lib/register/calendar';
import { readRegisterFolder } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import { synthesise } from '../../lib/stacks/synthesise';
import { AS_OF } from './generate-register';

const [folder, outdir] = process.argv.slice(2);
if (folder === undefined || outdir === undefined) throw new Error('usage: synth-only.ts REGISTER OUTDIR');
const asOf = dateOf(AS_OF);
const loaded = loadRegister(readRegisterFolder(folder), asOf);
if (!loaded.ok) throw new Error(`${folder} is not sound: ${loaded.diagnostics[0]?.message}`);
synthesise(synthApp(outdir), loaded.register, asOf);
