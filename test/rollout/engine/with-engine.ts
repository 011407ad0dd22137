/** Writes the setting of the engine into a `zone.yaml`: `node --import tsx with-engine.ts FILE`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withEngine } from '../../stacks/rollout/engine-setting';

const [file = ''] = process.argv.slice(2);
writeFileSync(file, withEngine(readFileSync(file, 'utf8')));
