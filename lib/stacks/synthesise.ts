/** Turns a register into a cloud assembly on disk. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type App, type CfnResource, Validations } from 'aws-cdk-lib';
import { AssetManifestArtifact, type CloudAssembly } from 'aws-cdk-lib/cx-api';
import {
  type Assembly,
  type AssemblyUnderWay,
  askedPolicyFile,
  baselinesIn,
  isAskedPolicy,
  openUnderWay,
  templateOfFile,
} from '../assembly';
import { namesByAccount } from '../compliance';
import { PublicSectorChecks, packs } from '../compliance/packs';
import { replaceFolder } from '../disk';
import { stackSetBodyFile } from '../names';
import { keyPolicy } from '../policy';
import { canonicalRegister, isLive, type Register, registerDigest, sharesOf } from '../register';
import type { IsoDate } from '../register/calendar';
import { thisProgram } from '../start/program';
import {
  LIVE_OUTCOMES_FILE,
  type LiveOutcomes,
  liveOutcomesText,
  NO_LIVE_OUTCOMES,
  ORIGIN_FILE,
  originFile,
  REGISTER_FILE,
} from '../wire';
import { Ahead } from './ahead';
import { AssumptionsCheck } from './assumptions-check';
import { HeadroomCheck } from './headroom-check';
import { addLandingZone } from './landing-zone';
import { externalAccounts } from './organisation';
import { OwnPathCheck } from './own-path-check';
import type { Validator } from './validator';
import { ValidationBeside } from './validator/validation-beside';

/** What an assembly is made from. */
interface Sources {
  readonly register: Register;
  readonly asOf: IsoDate;
  readonly outcomes: LiveOutcomes;
}

/**
 * Registers the rule packs and our own checks, and gives their names.
 * @param validator judges templates beside them; CDK’s validation is left out where there is none
 * @param outcomes what live tests of assumptions about AWS have come to
 */
export function addChecks(
  app: App,
  register: Register,
  asOf: IsoDate,
  validator: Validator | undefined,
  outcomes: LiveOutcomes = NO_LIVE_OUTCOMES,
): string[] {
  const read = (folder: string) => opened(app, folder, { register, asOf, outcomes }).underWay.assembly;
  const publicSector = new Ahead(new PublicSectorChecks(read));
  const others = [
    new HeadroomCheck(register, read),
    new OwnPathCheck(register.zone, read),
    new AssumptionsCheck(read),
  ].map((check) => new Ahead(check));
  if (validator === undefined) {
    const { ofResources, ofTemplates } = packs(asOf, [publicSector]);
    const checks = [...ofResources, ...ofTemplates, ...others];
    Validations.of(app).addPlugins(...checks);
    return checks.map(({ name }) => name);
  }
  const validation = new ValidationBeside(validator, namesByAccount(register), [publicSector, ...others]);
  listening.set(app, validation);
  const shapeOf = (resource: CfnResource) => validation.shapeOf(resource);
  const { ofResources, ofTemplates } = packs(asOf, [publicSector], shapeOf);
  const checks = validation.beside({ ofResources, ofTemplates: [...ofTemplates, ...others] });
  Validations.of(app).addPlugins(...checks, validation);
  return [...checks.map(({ name }) => name), 'CDK template validation'];
}

/** The assembly that an app writes, and what is to lie beside its templates, by file. */
interface Opened {
  readonly underWay: AssemblyUnderWay;
  readonly beside: ReadonlyMap<string, string>;
}

const openedOf = new WeakMap<App, Opened>();
/** The validations of apps, which hear of templates as these are written. */
const listening = new WeakMap<App, ValidationBeside>();

/** The assembly that an app writes, read back once for all checks and for what comes after. */
function opened(app: App, folder: string, sources: Sources): Opened {
  const before = openedOf.get(app);
  if (before !== undefined) return before;
  const beside = besideTemplates(sources);
  const found = { underWay: openUnderWay(folder, beside), beside };
  openedOf.set(app, found);
  return found;
}

/**
 * Adds every stack, synthesises, puts the register and its origin beside the templates, and gives what was made as it is
 * read back.
 * @param outcomes what live tests of assumptions about AWS have come to, the same as was given to `addChecks`
 * @param place where the folder goes once it is complete; it stays where the app writes if not given
 */
export function synthesise(
  app: App,
  register: Register,
  asOf: IsoDate,
  outcomes: LiveOutcomes = NO_LIVE_OUTCOMES,
  place?: string,
): Assembly {
  const sources = { register, asOf, outcomes };
  addLandingZone(app, register, asOf);
  listening.get(app)?.listen(app);
  const ours = existsSync(join(app.outdir, ORIGIN_FILE));
  const made = app.synth();
  if (ours) removeStale(made);
  const { underWay, beside } = opened(app, made.directory, sources);
  for (const [file, text] of beside) writeFileSync(join(made.directory, file), text);
  writeBaselines(underWay.assembly);
  if (place !== undefined) replaceFolder(made.directory, place);
  return underWay.whenWritten(place);
}

/**
 * What lies beside the templates, by file: the register, its origin, what live tests came to, and policies that organisations
 * are asked to set.
 */
function besideTemplates({ register, asOf, outcomes }: Sources): Map<string, string> {
  const origin = {
    asOf,
    registerDigest: registerDigest(register),
    lines: register.lines(),
    program: thisProgram(),
  };
  return new Map([
    [REGISTER_FILE, canonicalRegister(register)],
    [ORIGIN_FILE, originFile(origin)],
    [LIVE_OUTCOMES_FILE, liveOutcomesText(outcomes)],
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
    return [askedPolicyFile(each.id), `${JSON.stringify(policy, null, 2)}\n`];
  });
}

/**
 * In its own template a baseline is one long line of text; beside it, people can read it. Once more, byte for byte, it is
 * what the AWS command line takes to try it in the canary unit.
 */
function writeBaselines({ folder, stacks }: Assembly): void {
  for (const { name, body, resources } of baselinesIn(stacks)) {
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ Resources: resources }, null, 1)}\n`);
    writeFileSync(join(folder, stackSetBodyFile(name)), body);
  }
}

/** Templates of stacks that are no longer made, their assets and policies of their keys would mislead readers of the folder. */
function removeStale(assembly: CloudAssembly): void {
  const current = new Set(assembly.stacksRecursively.map((stack) => basename(stack.templateFile)));
  const assets = new Set(
    assembly.artifacts.flatMap((each) =>
      AssetManifestArtifact.isAssetManifestArtifact(each)
        ? Object.values(each.contents.files ?? {}).flatMap(({ source }) => source.path ?? [])
        : [],
    ),
  );
  for (const file of readdirSync(assembly.directory)) {
    if (isAskedPolicy(file)) rmSync(join(assembly.directory, file));
    if (file.startsWith('asset.') && !assets.has(file))
      rmSync(join(assembly.directory, file), { recursive: true });
    const template = templateOfFile(file);
    if (template === undefined || current.has(template)) continue;
    rmSync(join(assembly.directory, file));
  }
}
