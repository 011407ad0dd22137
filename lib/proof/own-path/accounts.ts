/** The accounts that an assembly deploys to by a bootstrap, each with its stacks and with what the baseline gives it. */
import {
  type Assembly,
  AssemblyError,
  type AssemblyStack,
  artifactOf,
  assetManifestIn,
  type Baseline,
  baselineIn,
  besideTemplate,
  inPartition,
  tagIn,
} from '../../assembly';
import { KEY_PURPOSE_TAG } from '../../names';
import { CUSTODY_KINDS, type CustodyKind } from '../../wire';
import type { Bootstrap } from './steps';

/** What the template makes of the key of each kind of custody: one of an origin, or none. */
const MADE: Readonly<Record<CustodyKind, string | undefined>> = {
  account: 'AWS_KMS',
  imported: 'EXTERNAL',
  cloudhsm: undefined,
  external: undefined,
};

/** One account. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly stacks: readonly AssemblyStack[];
  /** What each StackSet makes there, as if it were a stack. */
  readonly baselines: readonly AssemblyStack[];
  readonly bootstrap: Bootstrap;
  /** The kinds of custody that its shared data may be under: several, where the template makes no key for it. */
  readonly custody: readonly CustodyKind[];
}

/** Every such account. @throws AssemblyError if the assembly does not say how a stack is deployed */
export function accountsOf(source: Assembly, baselines: readonly Baseline[]): Account[] {
  const byAccount = new Map<string, AssemblyStack[]>();
  for (const stack of source.stacks) {
    const { deploys } = source.deployers.get(stack.name) ?? {};
    if (deploys !== undefined) byAccount.set(stack.account, [...(byAccount.get(stack.account) ?? []), stack]);
  }
  return [...byAccount].map(([id, stacks]) => {
    const [first] = stacks as [AssemblyStack, ...AssemblyStack[]];
    return {
      id,
      stacks,
      region: first.region,
      baselines: baselines.map((each) => baselineIn(each, id, first.region)),
      bootstrap: bootstrapOf(source, first),
      custody: custodyOf(stacks),
    };
  });
}

function bootstrapOf(source: Assembly, stack: AssemblyStack): Bootstrap {
  const { asks, deploys } = source.deployers.get(stack.name) ?? {};
  const { files } = assetManifestIn(source, stack);
  const [destination] = Object.values(files).flatMap(({ destinations }) => Object.values(destinations));
  const versionParameter = artifactOf(source, stack)?.properties.bootstrapStackVersionSsmParameter;
  const { bucketName: bucket, assumeRoleArn } = destination ?? {};
  if (asks && deploys && bucket && assumeRoleArn && versionParameter)
    return {
      deploy: asks,
      execute: deploys,
      publish: inPartition(assumeRoleArn),
      bucket,
      versionParameter,
    };
  throw new AssemblyError(
    `${besideTemplate(stack.file, 'assets')} does not say how ${stack.name} is deployed: synthesise the assembly again`,
  );
}

/** By where the material of the key for shared data comes from. */
function custodyOf(stacks: readonly AssemblyStack[]): CustodyKind[] {
  for (const { resources } of stacks)
    for (const { Type, Properties = {} } of Object.values(resources)) {
      if (Type !== 'AWS::KMS::Key' || tagIn(Properties, KEY_PURPOSE_TAG) !== 'shared-data') continue;
      return kindsMadeAs(String(Properties.Origin ?? 'AWS_KMS'));
    }
  const holdsData = stacks.some(({ resources }) =>
    Object.values(resources).some(({ Type }) => Type === 'AWS::GuardDuty::MalwareProtectionPlan'),
  );
  return holdsData ? kindsMadeAs(undefined) : [];
}

function kindsMadeAs(origin: string | undefined): CustodyKind[] {
  return CUSTODY_KINDS.filter((kind) => MADE[kind] === origin);
}
