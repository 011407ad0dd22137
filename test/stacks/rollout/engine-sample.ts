/** The sample register with an engine of rollouts, and the engine as it is synthesised from it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Assembly, openAssembly } from '../../../lib/assembly';
import { synthApp } from '../../../lib/commands/synth-app';
import type { RegisterFile } from '../../../lib/register/folder';
import { synthesiseRollout } from '../../../lib/stacks';
import { AS_OF } from '../../policy/sample-register';
import { SAMPLE } from '../../register/samples';
import { keptRegister } from '../kept-assemblies';
import { temporaryFolder } from '../sample-assembly';
import { withEngine } from './engine-setting';

/** The files of the register. */
const WITH_ENGINE: readonly RegisterFile[] = SAMPLE.map((file) =>
  file.path === 'zone.yaml'
    ? { ...file, bytes: new TextEncoder().encode(withEngine(new TextDecoder().decode(file.bytes))) }
    : file,
);

/** Synthesises the engine, with its checks. */
export function engineAssembly(): Assembly {
  const folder = join(temporaryFolder(), 'engine.out');
  mkdirSync(folder);
  synthesiseRollout(synthApp(folder), keptRegister(WITH_ENGINE, AS_OF).zone, AS_OF);
  return openAssembly(folder);
}
