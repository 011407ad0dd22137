/** The sample register with an engine of rollouts, and the engine as it is synthesised from it. */
import { type Assembly, openAssembly } from '../../../lib/assembly';
import { synthApp } from '../../../lib/commands/assembly/synth-app';
import type { RegisterFile } from '../../../lib/register/folder';
import { synthesiseRollout } from '../../../lib/stacks';
import { AS_OF } from '../../policy/sample-register';
import { SAMPLE } from '../../register/samples';
import { keptFolder, keptRegister } from '../kept-assemblies';
import { withEngine } from './engine-setting';

/** The files of the register. */
export const WITH_ENGINE: readonly RegisterFile[] = SAMPLE.map((file) =>
  file.path === 'zone.yaml'
    ? { ...file, bytes: new TextEncoder().encode(withEngine(new TextDecoder().decode(file.bytes))) }
    : file,
);

/** The engine, synthesised with its checks once in a run. */
export function engineAssembly(): Assembly {
  return openAssembly(
    keptFolder('engine.out', (folder) => {
      synthesiseRollout(synthApp(folder), keptRegister(WITH_ENGINE, AS_OF).zone, AS_OF);
    }),
  );
}
