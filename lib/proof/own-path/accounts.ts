/** The accounts that an assembly deploys to by a bootstrap, each with its stacks and with what the baseline gives it. */
import { AssemblyError, type AssemblyStack } from '../../assembly/assembly';
import type { CustodySource } from '../../assembly/source';
import { type Baseline, baselineIn } from '../../assembly/world-guardrails';
import type { Bootstrap } from './way';

/** One account. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly stacks: readonly AssemblyStack[];
  /** What the baseline makes there, as if it were a stack. */
  readonly baseline: AssemblyStack;
  readonly bootstrap: Bootstrap;
  /** The kinds of custody that its shared data may be under: several, where the template makes no key for it. */
  readonly custody: readonly string[];
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<string, { readonly destinations?: Readonly<Record<string, Destination>> }>
  >;
}
interface Destination {
  readonly bucketName?: string;
  readonly assumeRoleArn?: string;
}
interface Manifest {
  readonly artifacts?: Readonly<
    Record<string, { readonly properties?: { readonly bootstrapStackVersionSsmParameter?: string } }>
  >;
}

/** Every such account. @throws AssemblyError if the assembly does not say how a stack is deployed */
export function accountsOf(source: CustodySource, baseline: Baseline | undefined): Account[] {
  const byAccount = new Map<string, AssemblyStack[]>();
  for (const stack of source.stacks) {
    const { deploys } = source.deployers.get(stack.name) ?? {};
    if (deploys !== undefined) byAccount.set(stack.account, [...(byAccount.get(stack.account) ?? []), stack]);
  }
  const { artifacts = {} } = JSON.parse(source.file('manifest.json') ?? '{}') as Manifest;
  const none: Baseline = { name: 'none', place: '', file: '', resources: {} };
  return [...byAccount].map(([id, stacks]) => {
    const [first] = stacks as [AssemblyStack, ...AssemblyStack[]];
    return {
      id,
      stacks,
      region: first.region,
      baseline: baselineIn(baseline ?? none, id, first.region),
      bootstrap: bootstrapOf(source, first, artifacts),
      custody: custodyOf(stacks),
    };
  });
}

function bootstrapOf(
  source: CustodySource,
  stack: AssemblyStack,
  artifacts: NonNullable<Manifest['artifacts']>,
): Bootstrap {
  const { asks, deploys } = source.deployers.get(stack.name) ?? {};
  const file = stack.file.replace(/\.template\.json$/, '.assets.json');
  const { files = {} } = JSON.parse(source.file(file) ?? '{}') as AssetManifest;
  const [destination] = Object.values(files).flatMap(({ destinations = {} }) => Object.values(destinations));
  const versionParameter = artifacts[stack.name]?.properties?.bootstrapStackVersionSsmParameter;
  const { bucketName: bucket, assumeRoleArn } = destination ?? {};
  if (asks && deploys && bucket && assumeRoleArn && versionParameter)
    return {
      deploy: asks,
      execute: deploys,
      publish: assumeRoleArn.replaceAll(`\${AWS::Partition}`, 'aws'),
      bucket,
      versionParameter,
    };
  throw new AssemblyError(
    `${file} does not say how ${stack.name} is deployed: synthesise the assembly again`,
  );
}

/** By where the material of the key for shared data comes from. */
function custodyOf(stacks: readonly AssemblyStack[]): string[] {
  for (const { resources } of stacks)
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type !== 'AWS::KMS::Key' || !JSON.stringify(Properties?.Tags ?? []).includes('"shared-data"'))
        continue;
      return [Properties?.Origin === 'EXTERNAL' ? 'imported' : 'account'];
    }
  const holdsData = stacks.some(({ resources }) =>
    Object.values(resources).some(({ Type }) => Type === 'AWS::GuardDuty::MalwareProtectionPlan'),
  );
  return holdsData ? ['cloudhsm', 'external'] : [];
}
