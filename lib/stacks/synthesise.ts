/** Turns a register into a cloud assembly on disk. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { packs } from '../compliance/packs';
import type { IsoDate } from '../register/calendar';
import { canonicalRegister, digestOf } from '../register/canonical';
import type { Register } from '../register/register';
import { HeadroomCheck } from './headroom-check';
import { addLandingZone } from './landing-zone';

/** The canonical register, in the assembly. */
export const REGISTER_FILE = 'register.json';
/** What the assembly was made from, in the assembly. */
export const ORIGIN_FILE = 'concordat.json';

/** What an assembly says of its own making. */
export interface Origin {
  readonly form: 'concordat-assembly/v1';
  readonly asOf: IsoDate;
  /** The SHA-256 of `register.json`, in hex. */
  readonly registerDigest: string;
}

/** Registers the rule packs, the checks on acknowledgements and the headroom check, and gives their names. */
export function addChecks(app: App, register: Register, asOf: IsoDate): string[] {
  const checks = [...packs(app, asOf), new HeadroomCheck(register)];
  Validations.of(app).addPlugins(...checks);
  return checks.map((check) => check.name);
}

/** Adds every stack, synthesises, and puts the register and its origin beside the templates. */
export function synthesise(app: App, register: Register, asOf: IsoDate): CloudAssembly {
  addLandingZone(app, register, asOf);
  const ours = existsSync(join(app.outdir, ORIGIN_FILE));
  const assembly = app.synth();
  const canonical = canonicalRegister(register);
  const origin: Origin = { form: 'concordat-assembly/v1', asOf, registerDigest: digestOf(canonical) };
  writeFileSync(join(assembly.directory, REGISTER_FILE), canonical);
  writeFileSync(join(assembly.directory, ORIGIN_FILE), `${JSON.stringify(origin, null, 2)}\n`);
  if (ours) removeStale(assembly);
  return assembly;
}

/** Templates of stacks that are no longer made would mislead whoever reads the folder, if an earlier synth of ours left them. */
function removeStale(assembly: CloudAssembly): void {
  const current = new Set(assembly.stacksRecursively.map((stack) => basename(stack.templateFile)));
  for (const file of readdirSync(assembly.directory)) {
    const [, stem] = /^(.+)\.(?:template|assets|metadata)\.json$/.exec(file) ?? [];
    if (stem === undefined || current.has(`${stem}.template.json`)) continue;
    rmSync(join(assembly.directory, file));
  }
}
