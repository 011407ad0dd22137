/** The order for the engine: the plan’s waves as files that it reads from S3, each named by its digest. */
import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { type Assembly, assetManifestIn, inPartition, stackArtifacts } from '../assembly';
import { type Expected, type Side, templateDigest } from '../change-sets';
import {
  type AssemblyIdentity,
  ORDER_FILE,
  type OrderedAccounts,
  ROLLOUT_ORDER_FORM,
  type RolloutOrder,
  runsOfText,
  type SavedPlan,
  STACK_ORDER_FORM,
  type StackOrder,
  UNCHANGED_FILE,
  type UnchangedStacks,
} from '../wire';
import { alarmsWatched } from './alarms';
import { expectedOf } from './expected';
import { type FleetStack, stackCalled } from './fleet';
import type { Tempo } from './forecast';
import type { Step, Wave } from './waves';
import { waveWords } from './words';

/** What an order is made of. */
export interface Ordered {
  readonly plan: SavedPlan;
  /** The SHA-256 of the plan, in hex. */
  readonly digest: string;
  readonly pair: Readonly<Record<Side, Assembly>>;
  readonly steps: readonly Step[];
  readonly tempo: Tempo;
  readonly changeSet: string;
  /** What was done by hand. */
  readonly done: readonly string[];
}

/** An order, with everything that is uploaded for it. */
export interface Order {
  /** The SHA-256 of its first file, in hex: what the engine is started with. */
  readonly digest: string;
  readonly order: RolloutOrder;
  /** By their names below the bucket. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What has to be done by hand before a further order; absent where this one is of all that is left. */
  readonly until?: Extract<Step, { kind: 'by-hand' }>;
}

/** The earliest day that a zip archive can say, so that the same files make the same archive. */
const LONG_AGO = '1980-01-01T00:00:00';

/**
 * The order of the waves up to what somebody has to do by hand. Where stacks are only taken from later, none of those that give
 * may fail: else the engine would take away from some what others still wait for.
 * @throws RangeError where a stack waits for one of another account in the same wave; Error where no role of the bootstrap deploys it
 */
export function orderOf(ordered: Ordered): Order {
  const { steps, plan, digest, tempo, done } = ordered;
  const at = steps.findIndex((step) => step.kind === 'by-hand' && step.holdsUp && !isDone(step, done));
  const ahead = at < 0 ? steps : steps.slice(0, at);
  const until = steps[at];
  const waves = ahead.filter((each): each is Wave => each.kind === 'wave');
  const takes = waves.some(({ takesAway }) => takesAway);
  const own = new Map<string, string>();
  const uploads = new Map<string, Uint8Array>();
  const listed = waves.map((wave, index): RolloutOrder['waves'][number] => {
    const key = `waves/${index}.json`;
    own.set(key, JSON.stringify(accountsOf(wave, ordered, own, uploads)));
    return {
      name: waveWords(wave),
      key,
      accounts: new Set(wave.stacks.map(({ account }) => account)).size,
      tolerated: takes && !wave.takesAway ? 0 : wave.tolerated,
      takesAway: wave.takesAway,
      atOnce: tempo.atOnce,
      pause: index < waves.length - 1 ? tempo.pause * 60 : 0,
    };
  });
  own.set(UNCHANGED_FILE, JSON.stringify(unchangedIn(ordered)));
  const order: RolloutOrder = {
    form: ROLLOUT_ORDER_FORM,
    plan: digest,
    widenings: plan.widenings,
    waves: listed,
    files: Object.fromEntries([...own].map(([key, text]) => [key, sha256(text)])),
  };
  const text = `${JSON.stringify(order, null, 1)}\n`;
  const called = sha256(text);
  return {
    digest: called,
    order,
    files: new Map([
      ...[...uploads].map(([key, bytes]) => [`files/${key}`, bytes] as const),
      ...[...own].map(([key, each]) => [`orders/${called}/${key}`, strToU8(each)] as const),
      [`orders/${called}/${ORDER_FILE}`, strToU8(text)],
    ]),
    ...(until?.kind === 'by-hand' && { until }),
  };
}

function accountsOf(
  wave: Wave,
  ordered: Ordered,
  own: Map<string, string>,
  uploads: Map<string, Uint8Array>,
): OrderedAccounts {
  const accounts = new Map<string, OrderedAccounts[number]['stacks'][number][]>();
  for (const each of wave.stacks) {
    const stranger = wave.stacks.find(
      ({ stack, account }) => each.waitsFor.includes(stack) && account !== each.account,
    );
    if (stranger !== undefined)
      throw new RangeError(
        `${each.stack} waits for ${stranger.stack} of another account in the same wave, which the engine does not do: roll out from one machine`,
      );
    const key = `stacks/${each.stack}.json`;
    const stackOrder = stackOrderOf(each, ordered, uploads);
    own.set(key, JSON.stringify(stackOrder));
    const list = accounts.get(each.account) ?? [];
    const { before, after } = stackOrder;
    list.push({
      stack: each.stack,
      key,
      before: before === undefined ? '' : ofSide(ordered.plan.before, before.template),
      after: ofSide(ordered.plan.after, after.template),
    });
    accounts.set(each.account, list);
  }
  return [...accounts].map(([account, stacks]) => ({ account, stacks }));
}

function ofSide({ registerDigest, asOf, program }: AssemblyIdentity, template: string): string {
  return runsOfText({ register: registerDigest, asOf, ...(program && { program: program.files }), template });
}

/** Every stack that the engine could deploy and of which the plan says nothing: the later assembly has it as the earlier. */
function unchangedIn({ plan, pair }: Ordered): UnchangedStacks {
  const planned = new Set(plan.stacks.map(({ stack }) => stack));
  return pair.after.stacks.flatMap(({ name, account, file }) => {
    const text = pair.after.file(file);
    if (planned.has(name) || text === undefined || pair.after.deployers.get(name)?.asks === undefined)
      return [];
    const template = templateDigest(text);
    return [
      {
        stack: name,
        account,
        before: ofSide(plan.before, template),
        after: ofSide(plan.after, template),
        template,
      },
    ];
  });
}

function stackOrderOf(each: FleetStack, ordered: Ordered, uploads: Map<string, Uint8Array>): StackOrder {
  const { plan, pair, changeSet, tempo } = ordered;
  const planned = plan.stacks.find(({ stack }) => stack === each.stack);
  const role = pair.after.deployers.get(each.stack)?.asks;
  const artifact = stackArtifacts(pair.after.manifest).find(({ name }) => name === each.stack);
  if (planned === undefined || role === undefined)
    throw new Error(`no role of the bootstrap deploys ${each.stack}`);
  const sideOf = (side: Side): StackOrder['after'] => {
    const expected = expectedOf(planned, pair, side);
    const assembly = pair[side];
    return {
      template: expected.templates[side] ?? '',
      url: templateUrl(assembly, each),
      role: assembly.deployers.get(each.stack)?.deploys ?? '',
      parameters: Object.keys(stackCalled(assembly, each.stack)?.parameters ?? {}),
      resources: resourcesOf(expected),
    };
  };
  return {
    form: STACK_ORDER_FORM,
    stack: each.stack,
    account: each.account,
    region: each.region,
    role,
    changeSet,
    ...(each.change === 'changed' && { before: sideOf('before') }),
    after: sideOf('after'),
    protects: artifact?.properties.terminationProtection === true,
    alarms: alarmsWatched(each, pair),
    watch: tempo.watch,
    files: filesOf(each, pair.after, uploads),
  };
}

function resourcesOf({ resources }: Expected): StackOrder['after']['resources'] {
  return [...resources].map(([id, change]) => ({ id, ...change }));
}

/** The files of a stack, packed as the CDK packs them: its template as it is, a folder as a zip archive. */
function filesOf(
  { stack, account, region }: FleetStack,
  assembly: Assembly,
  uploads: Map<string, Uint8Array>,
): StackOrder['files'] {
  const found = stackCalled(assembly, stack);
  const files = found === undefined ? [] : Object.values(assetManifestIn(assembly, found).files);
  return files.flatMap(({ source, destinations }) =>
    Object.values(destinations).flatMap(({ bucketName, objectKey, assumeRoleArn }) => {
      if (bucketName === undefined || objectKey === undefined || assumeRoleArn === undefined) return [];
      if (!uploads.has(objectKey)) uploads.set(objectKey, packed(assembly, source));
      const bytes = uploads.get(objectKey) ?? new Uint8Array();
      return {
        from: objectKey,
        sha256: sha256(bytes),
        bucket: inPlace(bucketName, account, region),
        key: objectKey,
        role: inPlace(assumeRoleArn, account, region),
      };
    }),
  );
}

function packed(assembly: Assembly, source: { readonly path?: string | undefined } | undefined): Uint8Array {
  const path = source?.path ?? '';
  const names = assembly.filesBelow(path).filter((each) => each !== path);
  if (names.length === 0) return strToU8(assembly.file(path) ?? '');
  return zipSync(
    Object.fromEntries(
      names.map((each) => [each.slice(path.length + 1), strToU8(assembly.file(each) ?? '')]),
    ),
    { mtime: LONG_AGO },
  );
}

function inPlace(text: string, account: string, region: string): string {
  return inPartition(text).replaceAll(`\${AWS::AccountId}`, account).replaceAll(`\${AWS::Region}`, region);
}

/** Where the template of a stack is uploaded. @throws Error where the assembly does not say */
export function templateUrl({ manifest }: Assembly, { stack, region }: FleetStack): string {
  const artifact = stackArtifacts(manifest).find(({ name }) => name === stack);
  const [, bucket, key] =
    /^s3:\/\/([^/]+)\/(.+)$/.exec(artifact?.properties.stackTemplateAssetObjectUrl ?? '') ?? [];
  if (bucket === undefined || key === undefined)
    throw new Error(`the assembly does not say where the template of ${stack} goes`);
  return `https://s3.${region}.amazonaws.com/${bucket}/${key}`;
}

function isDone(
  { stacks, asked, moved }: Extract<Step, { kind: 'by-hand' }>,
  done: readonly string[],
): boolean {
  const names = [
    ...asked.map(({ organisation }) => organisation),
    ...[...stacks, ...moved].map(({ stack }) => stack),
  ];
  return names.every((each) => done.includes(each));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
