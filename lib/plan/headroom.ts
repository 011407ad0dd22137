/** How near each AWS limit is, measured in the synthesised templates. */

import {
  type AssemblyStack,
  baselineIn,
  baselinesIn,
  isGroup,
  resolved,
  type TemplateResource,
} from '../assembly';
import { UK_REGION } from '../names';
import { LIMITS, type LimitName, WARN_FROM } from '../policy';
import { bytesIn, directionsOf, type RegisterContent } from '../register';

/** One use of a limit. */
export interface LimitUse {
  readonly limit: LimitName;
  readonly used: number;
  /** The stack, and the resource in it where the limit is of a resource. */
  readonly stack: string;
  readonly logicalId?: string;
}

/** The fullest use of each limit that anything uses. */
export interface Headroom {
  readonly fullest: readonly LimitUse[];
  /** Every use from which a synth warns, fullest first. */
  readonly tight: readonly LimitUse[];
}

/** How full a limit is: 1 is full. */
export function fullness({ limit, used }: LimitUse): number {
  return used / LIMITS[limit].most;
}

/** Measures every use of every limit. */
export function headroomOf(stacks: readonly AssemblyStack[], more: readonly LimitUse[] = []): Headroom {
  const uses = [
    ...stacks.flatMap(usesOf),
    ...sharesByAccount(stacks),
    ...byAccount(stacks, 'AWS::CloudFront::ResponseHeadersPolicy').map(
      (each): LimitUse => ({ limit: 'headersPoliciesPerAccount', ...each }),
    ),
    ...policiesByUnit(stacks),
    ...baselineUses(stacks),
    ...more,
  ];
  const byFullness = (a: LimitUse, b: LimitUse) => fullness(b) - fullness(a);
  const fullest = (Object.keys(LIMITS) as LimitName[]).flatMap((limit) => {
    let most: LimitUse | undefined;
    for (const use of uses)
      if (use.limit === limit && (most === undefined || use.used > most.used)) most = use;
    return most ? [most] : [];
  });
  return {
    fullest: fullest.sort(byFullness),
    tight: uses.filter((use) => fullness(use) >= WARN_FROM).sort(byFullness),
  };
}

function usesOf({ name: stack, bytes, isInline, resources }: AssemblyStack): LimitUse[] {
  const entries = Object.entries(resources);
  return [
    { limit: isInline ? 'inlineTemplateBytes' : 'templateBytes', used: bytes, stack },
    { limit: 'resourcesPerStack', used: entries.length, stack },
    ...entries.flatMap(([logicalId, resource]) =>
      resourceUses(resource).map(([limit, used]): LimitUse => ({ limit, used, stack, logicalId })),
    ),
  ];
}

function resourceUses({ Type, Properties = {} }: TemplateResource): [LimitName, number][] {
  switch (Type) {
    case 'AWS::KMS::Key':
      return [['keyPolicyBytes', minifiedBytes(Properties.KeyPolicy)]];
    case 'AWS::DynamoDB::Table': {
      const { ResourcePolicy: policy } = Properties;
      return isGroup(policy) ? [['tablePolicyBytes', minifiedBytes(policy.PolicyDocument)]] : [];
    }
    case 'AWS::S3::BucketPolicy':
      return [['bucketPolicyBytes', minifiedBytes(Properties.PolicyDocument)]];
    case 'AWS::S3::Bucket': {
      const { LifecycleConfiguration: lifecycle } = Properties;
      const rules = isGroup(lifecycle) ? lifecycle.Rules : undefined;
      return Array.isArray(rules) ? [['lifecycleRulesPerBucket', rules.length]] : [];
    }
    case 'AWS::S3::AccessPoint':
      return [['accessPointPolicyBytes', minifiedBytes(Properties.Policy)]];
    case 'AWS::IAM::Role': {
      const policies = (Properties.Policies ?? []) as readonly { readonly PolicyDocument: unknown }[];
      return [
        ['trustPolicyBytes', minifiedBytes(Properties.AssumeRolePolicyDocument)],
        ['rolePolicyBytes', policies.reduce((sum, each) => sum + minifiedBytes(each.PolicyDocument), 0)],
      ];
    }
    case 'AWS::IAM::ManagedPolicy':
      return [['managedPolicyBytes', minifiedBytes(Properties.PolicyDocument)]];
    case 'AWS::Organizations::Policy': {
      const limit = CONTROLS[String(Properties.Type)]?.bytes;
      return limit ? [[limit, minifiedBytes(Properties.Content)]] : [];
    }
    case 'AWS::CloudFront::ResponseHeadersPolicy': {
      const { ResponseHeadersPolicyConfig: config } = Properties;
      const security = isGroup(config) ? config.SecurityHeadersConfig : undefined;
      const content = isGroup(security) ? security.ContentSecurityPolicy : undefined;
      return isGroup(content)
        ? [['contentPolicyBytes', Buffer.byteLength(String(content.ContentSecurityPolicy), 'utf8')]]
        : [];
    }
    case 'AWS::CloudFront::Distribution': {
      const { DistributionConfig: config } = Properties;
      const paths =
        isGroup(config) && Array.isArray(config.CacheBehaviors) ? config.CacheBehaviors.length : 0;
      // The default one counts as well: whether AWS counts it, its page does not say.
      return [['cacheBehavioursPerDistribution', paths + 1]];
    }
    case 'AWS::CloudFormation::StackSet':
      return [['inlineTemplateBytes', Buffer.byteLength(String(Properties.TemplateBody), 'utf8')]];
    default:
      return [];
  }
}

const CONTROLS: Readonly<Record<string, { readonly bytes: LimitName; readonly count: LimitName }>> = {
  SERVICE_CONTROL_POLICY: {
    bytes: 'serviceControlPolicyBytes',
    count: 'serviceControlPoliciesPerUnit',
  },
  RESOURCE_CONTROL_POLICY: {
    bytes: 'resourceControlPolicyBytes',
    count: 'resourceControlPoliciesPerUnit',
  },
};

/** AWS attaches one policy of each type, which allows everything, to every unit. */
function policiesByUnit(stacks: readonly AssemblyStack[]): LimitUse[] {
  const uses = new Map<string, { limit: LimitName; used: number; stack: string }>();
  for (const { name: stack, resources } of stacks)
    for (const { Type, Properties = {} } of Object.values(resources)) {
      const limit = Type === 'AWS::Organizations::Policy' && CONTROLS[String(Properties.Type)]?.count;
      if (!limit || !Array.isArray(Properties.TargetIds)) continue;
      for (const unit of Properties.TargetIds) {
        const use = uses.get(`${unit} ${limit}`) ?? { limit, used: 1, stack };
        uses.set(`${unit} ${limit}`, { ...use, used: use.used + 1 });
      }
    }
  return [...uses.values()];
}

/** What a StackSet’s template holds meets the limits of each account that gets it. */
function baselineUses(stacks: readonly AssemblyStack[]): LimitUse[] {
  return baselinesIn(stacks).flatMap((baseline) => {
    const stack = baselineIn(baseline, '123456789012', stacks[0]?.region ?? UK_REGION);
    return Object.entries(stack.resources).flatMap(([logicalId, { Type, Properties }]) =>
      resourceUses({ Type, Properties: resolved(Properties, stack) as Record<string, unknown> }).map(
        ([limit, used]): LimitUse => ({ limit, used, stack: baseline.place, logicalId }),
      ),
    );
  });
}

/** Each share has one access point, and one grant on its owner’s one key. */
function sharesByAccount(stacks: readonly AssemblyStack[]): LimitUse[] {
  return byAccount(stacks, 'AWS::S3::AccessPoint').flatMap((each): LimitUse[] => [
    { limit: 'accessPointsPerAccount', ...each },
    { limit: 'grantsPerKey', ...each },
  ]);
}

/** How many of a kind the stacks of each account have together, with the first stack that has one. */
function byAccount(stacks: readonly AssemblyStack[], type: string): Pick<LimitUse, 'used' | 'stack'>[] {
  const counts = new Map<string, { used: number; stack: string }>();
  for (const { account, name, resources } of stacks) {
    const here = Object.values(resources).filter(({ Type }) => Type === type).length;
    if (here === 0) continue;
    const before = counts.get(account);
    counts.set(account, { used: (before?.used ?? 0) + here, stack: before?.stack ?? name });
  }
  return [...counts.values()];
}

/** The longest ARN that a reference in a policy can stand for: a KMS key’s or a role’s with a full path. */
const LONGEST_REFERENCE = 'x'.repeat(256);
const KEY_ARN = `arn:aws:kms:${UK_REGION}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const sizes = new WeakMap<object, number>();

/**
 * The size of a policy once CloudFormation has put in what it refers to, as UTF-8 without white space. Measured once for each
 * policy: a synth asks three times.
 * @internal Only tests import it.
 */
export function minifiedBytes(policy: unknown): number {
  if (policy === undefined) return 0;
  const known = isGroup(policy) ? sizes.get(policy) : undefined;
  if (known !== undefined) return known;
  const text = JSON.stringify(policy);
  const size = Buffer.byteLength(REFERS.test(text) ? withStandIns(policy) : text, 'utf8');
  if (isGroup(policy)) sizes.set(policy, size);
  return size;
}

/** Whether a policy may call functions: most do not, and one that says so in a text is looked through in vain. */
const REFERS = /"(?:Fn::|Ref")/;

function withStandIns(policy: unknown): string {
  return JSON.stringify(policy, (_key, value: unknown) => standIn(value) ?? value);
}

/** A text as long as any that a CloudFormation function can come to, or undefined for any other value. */
function standIn(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0 || !(name.startsWith('Fn::') || name === 'Ref'))
    return undefined;
  const argument = (value as Record<string, unknown>)[name];
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, readonly unknown[]];
    return parts.map((part) => standIn(part) ?? String(part)).join(separator);
  }
  const isKey =
    name === 'Fn::GetAtt' &&
    Array.isArray(argument) &&
    /Key/.test(String(argument[0])) &&
    argument[1] === 'Arn';
  return isKey ? KEY_ARN : LONGEST_REFERENCE;
}

/** The largest object that each agreement allows, against the largest that is scanned for malware. */
export function objectSizes({ agreements }: Pick<RegisterContent, 'agreements'>): LimitUse[] {
  return agreements.flatMap((agreement) =>
    directionsOf(agreement).map(({ owner }) => ({
      limit: 'scannedObjectBytes',
      used: bytesIn(agreement.delivery.largestObject),
      stack: `Organisation-${owner}`,
    })),
  );
}
