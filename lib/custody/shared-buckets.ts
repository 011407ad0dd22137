/** The buckets of an assembly that hold shared data, and what each is encrypted with. */
import {
  type AssemblyStack,
  arnOf,
  arnToBe,
  deletionsIn,
  isOfCopies,
  isUnresolved,
  resolved,
  type TemplateResource,
  tagIn,
  textOf,
} from '../assembly';
import { KEY_PURPOSE_TAG, ORGANISATION_TAG } from '../names';
import type { KeyAttention, StrayAttention } from './attention';

/** A bucket with shared data. */
export interface SharedBucket {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
  /** The handle of the organisation whose it is: its tag, or the name of the stack. */
  readonly organisation: string;
  readonly name: string;
  readonly arn: string;
  readonly key: BucketKey;
  /** What of it S3 deletes by itself, agreement by agreement, and from the beginning of which day in UTC. */
  readonly copies: readonly { readonly agreement: string; readonly from: string }[];
  readonly attention: readonly KeyAttention[];
}

/** What the bucket encrypts with: a key of the same stack, a key that was there before, or none that can be told. */
export type BucketKey =
  | {
      readonly made: 'here';
      readonly logicalId: string;
      readonly resource: TemplateResource;
      readonly arn: string;
    }
  | { readonly made: 'elsewhere'; readonly arn: string; readonly account: string; readonly region: string }
  | { readonly made: 'unknown'; readonly arn: string };

/** Every bucket that holds shared data: it has access points, or is open to them, or its key is tagged so. */
export function sharedBuckets(stacks: readonly AssemblyStack[]): readonly SharedBucket[] {
  const withAccessPoints = new Set(
    stacks.flatMap((stack) =>
      Object.values(stack.resources)
        .filter(({ Type }) => Type === 'AWS::S3::AccessPoint')
        .map(({ Properties }) => resolved(Properties?.Bucket, stack)),
    ),
  );
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources).flatMap(([logicalId, resource]) => {
      if (resource.Type !== 'AWS::S3::Bucket') return [];
      const bucket = bucketOf(logicalId, resource, stack);
      const shared =
        withAccessPoints.has(bucket.name) ||
        openToAccessPoints(bucket.name, stack) ||
        // The tag is a hint only: what encrypts the bucket decides.
        (bucket.key.made === 'here' && tagOf(bucket.key.resource, KEY_PURPOSE_TAG) === 'shared-data');
      return shared ? [bucket] : [];
    }),
  );
}

/** Keys that are tagged for shared data, though no shared bucket is encrypted with them; with copies in other Regions. */
export function strayKeys(
  stacks: readonly AssemblyStack[],
  buckets: readonly SharedBucket[],
): StrayAttention[] {
  const used = new Set(
    buckets.flatMap(({ stack, key }) => (key.made === 'here' ? [`${stack.name}/${key.logicalId}`] : [])),
  );
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources).flatMap(([logicalId, resource]): StrayAttention[] => {
      const place = `${stack.name}/${logicalId}`;
      if (resource.Type === 'AWS::KMS::ReplicaKey') return [{ kind: 'copiedKey', place }];
      return resource.Type === 'AWS::KMS::Key' &&
        tagOf(resource, KEY_PURPOSE_TAG) === 'shared-data' &&
        !used.has(place)
        ? [{ kind: 'strayKey', place }]
        : [];
    }),
  );
}

/** The value of a tag. */
function tagOf({ Properties }: TemplateResource, key: string): string | undefined {
  return tagIn(Properties ?? {}, key);
}

/** The handle of the organisation whose a stack is, by its resources’ tags; undefined if they do not say, or do not agree. */
export function organisationOf(stack: AssemblyStack): string | undefined {
  const owners = new Set(
    Object.values(stack.resources).flatMap((each) => tagOf(each, ORGANISATION_TAG) ?? []),
  );
  return owners.size === 1 ? [...owners][0] : undefined;
}

function bucketOf(logicalId: string, resource: TemplateResource, stack: AssemblyStack): SharedBucket {
  const name = textOf(resource, 'BucketName') ?? `\${${logicalId}}`;
  const { key, attention } = encryptionOf(resource, stack);
  return {
    stack,
    logicalId,
    organisation: tagOf(resource, ORGANISATION_TAG) ?? organisationOf(stack) ?? stack.name,
    name,
    arn: arnOf(logicalId, stack) ?? arnToBe(logicalId),
    key,
    copies: deletionsIn(resource.Properties ?? {})
      .filter(isOfCopies)
      .map(({ agreement, from }) => ({ agreement, from })),
    attention,
  };
}

const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]+$/;

function encryptionOf(
  { Properties }: TemplateResource,
  stack: AssemblyStack,
): { key: BucketKey; attention: KeyAttention[] } {
  const encryption = resolved(Properties?.BucketEncryption, stack) as
    | { readonly ServerSideEncryptionConfiguration?: unknown }
    | undefined;
  const rules = encryption?.ServerSideEncryptionConfiguration;
  const [rule, ...more] = (Array.isArray(rules) ? rules : []) as Record<string, unknown>[];
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: id } = (rule?.ServerSideEncryptionByDefault ??
    {}) as Record<string, unknown>;
  const attention: KeyAttention[] = [
    ...(algorithm === 'aws:kms'
      ? []
      : [
          {
            kind: 'bucketNotByKms',
            ...(algorithm !== undefined && { algorithm: JSON.stringify(algorithm) }),
          } as const,
        ]),
    ...(rule?.BucketKeyEnabled === true ? [] : [{ kind: 'noBucketKey' } as const]),
    ...(more.length > 0 ? [{ kind: 'moreEncryptionRules' } as const] : []),
  ];
  const text = typeof id === 'string' ? id : (JSON.stringify(id) ?? 'none');
  const [logicalId, made] =
    Object.entries(stack.resources).find(
      ([each, { Type }]) => Type === 'AWS::KMS::Key' && (text === arnToBe(each) || text === `\${${each}}`),
    ) ?? [];
  if (logicalId !== undefined && made !== undefined)
    return { key: { made: 'here', logicalId, resource: made, arn: arnToBe(logicalId) }, attention };
  const [, region, account] = KEY_ARN.exec(text) ?? [];
  if (region !== undefined && account !== undefined)
    return { key: { made: 'elsewhere', arn: text, account, region }, attention };
  attention.push({ kind: 'keyUnclear', text, byName: !isUnresolved(text) });
  return { key: { made: 'unknown', arn: text }, attention };
}

function openToAccessPoints(name: string, stack: AssemblyStack): boolean {
  return Object.values(stack.resources).some(
    ({ Type, Properties }) =>
      Type === 'AWS::S3::BucketPolicy' &&
      resolved(Properties?.Bucket, stack) === name &&
      /"s3:DataAccessPoint/i.test(JSON.stringify(Properties?.PolicyDocument)),
  );
}
