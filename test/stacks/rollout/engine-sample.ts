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

/** The account of the engine. */
export const ENGINE_ACCOUNT = '100000000003';
/** The pipeline that starts it. */
export const PIPELINE = 'repo:example/zone:environment:production';
const DEPLOYER = '    - arn:aws:iam::100000000003:role/deployment\n';

/** The setting, as `zone.yaml` has it. */
const SETTING = `
rollout:
  account: "${ENGINE_ACCOUNT}"
  startedBy:
    issuer: https://token.actions.githubusercontent.com
    subject: ${PIPELINE}
  approvedBy:
    - arn:aws:iam::${ENGINE_ACCOUNT}:role/security/second-person
`;

/** The text of `zone.yaml` with the setting, and with the engine among those who deploy. */
export function withEngine(zone: string): string {
  const engine = `    - arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-step\n`;
  return zone.replace(DEPLOYER, DEPLOYER + engine) + SETTING;
}

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
