/** Turns a register into a cloud assembly on disk. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { readAssembly } from '../assembly/assembly';
import { baselinesIn } from '../assembly/world-guardrails';
import { readJudged } from '../compliance/judged';
import { packs } from '../compliance/packs';
import { PublicSectorChecks } from '../compliance/public-sector';
import { keyPolicy } from '../policy/key-policy';
import type { IsoDate } from '../register/calendar';
import { canonicalRegister, digestOf } from '../register/canonical';
import type { Register } from '../register/register';
import { isLive, sharesOf } from '../register/share';
import { HeadroomCheck } from './headroom-check';
import { addLandingZone } from './landing-zone';
import { externalAccounts } from './organisation';
import { OwnPathCheck } from './own-path-check';

/** The canonical register, in the assembly. */
export const REGISTER_FILE = 'register.json';
/** What the assembly was made from, in the assembly. */
export const ORIGIN_FILE = 'concordat.json';

/** The policy that an organisation is asked to set on the key that it brought, in the assembly. */
const ASKED_KEY_POLICY = /^key-policy-.+\.json$/;

/** What an assembly says of its own making. */
export interface Origin {
  readonly form: 'concordat-assembly/v1';
  readonly asOf: IsoDate;
  /** The SHA-256 of `register.json`, in hex. */
  readonly registerDigest: string;
}

/** Registers the rule packs and our own checks, and gives their names. */
export function addChecks(app: App, register: Register, asOf: IsoDate): string[] {
  const publicSector = new PublicSectorChecks((folder) =>
    readJudged(folder, besideTemplates(register, asOf)),
  );
  const checks = [
    ...packs(app, asOf, publicSector),
    new HeadroomCheck(register),
    new OwnPathCheck(register.zone),
  ];
  Validations.of(app).addPlugins(...checks);
  return checks.map((check) => check.name);
}

/** Adds every stack, synthesises, and puts the register and its origin beside the templates. */
export function synthesise(app: App, register: Register, asOf: IsoDate): CloudAssembly {
  addLandingZone(app, register, asOf);
  const ours = existsSync(join(app.outdir, ORIGIN_FILE));
  const assembly = app.synth();
  if (ours) removeStale(assembly);
  for (const [file, text] of besideTemplates(register, asOf))
    writeFileSync(join(assembly.directory, file), text);
  writeBaselines(assembly.directory);
  return assembly;
}

/** What lies beside the templates, by file: the register, its origin, and policies that organisations are asked to set. */
function besideTemplates(register: Register, asOf: IsoDate): Map<string, string> {
  const canonical = canonicalRegister(register);
  const origin: Origin = { form: 'concordat-assembly/v1', asOf, registerDigest: digestOf(canonical) };
  return new Map([
    [REGISTER_FILE, canonical],
    [ORIGIN_FILE, `${JSON.stringify(origin, null, 2)}\n`],
    ...askedKeyPolicies(register, asOf),
  ]);
}

/**
 * CloudFormation makes no key in a custom key store, so no template holds its policy. The file is the policy itself, as
 * `aws kms put-key-policy --policy file://...` takes it.
 */
function askedKeyPolicies(register: Register, asOf: IsoDate): [file: string, text: string][] {
  const bringers = register.organisations.flatMap((each) =>
    each.membership === 'member' && 'keyArn' in each.custody ? [each] : [],
  );
  const live = bringers.length > 0 ? sharesOf(register, asOf).filter(isLive) : [];
  return bringers.map((each) => {
    const policy = keyPolicy({
      zone: register.zone,
      account: each.account,
      custody: each.custody,
      externalRecipients: externalAccounts(live.filter((share) => share.owner.id === each.id)),
    });
    return [`key-policy-${each.id}.json`, `${JSON.stringify(policy, null, 2)}\n`];
  });
}

/** In its own template a baseline is one long line of text; beside it, people can read it. */
function writeBaselines(folder: string): void {
  for (const { name, resources } of baselinesIn(readAssembly(folder)))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ Resources: resources }, null, 1)}\n`);
}

/** Templates of stacks that are no longer made, and policies of their keys, would mislead whoever reads the folder. */
function removeStale(assembly: CloudAssembly): void {
  const current = new Set(assembly.stacksRecursively.map((stack) => basename(stack.templateFile)));
  for (const file of readdirSync(assembly.directory)) {
    if (ASKED_KEY_POLICY.test(file)) rmSync(join(assembly.directory, file));
    const [, stem] = /^(.+)\.(?:template|assets|metadata)\.json$/.exec(file) ?? [];
    if (stem === undefined || current.has(`${stem}.template.json`)) continue;
    rmSync(join(assembly.directory, file));
  }
}
