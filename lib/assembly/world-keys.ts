/** The keys of an assembly: those that templates make, and those that organisations bring, with the grants asked for each. */
import { grantOf } from '../iam/grant';
import { compile } from '../iam/policy';
import { GrantListError, parseGrantList } from '../register/grant-list';
import { AssemblyError, type AssemblyStack } from './assembly';
import type { CustodySource } from './source';
import type { AskedGrant, MadeBucket, MadeKey } from './world';
import { documentOf, keyArnToBe, type Placed } from './world-values';

/** The ARN of a key. */
export const KEY_ARN = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
/** Part of the ARN of a key that a template makes. */
export const STAND_IN_KEY = ':key/to-be-';

interface List {
  readonly file: string;
  readonly text: string;
  readonly stack: AssemblyStack;
}

/**
 * Every key.
 * @param askedFile where the policy is that the owner of a bucket is asked to set on the key that it brought
 * @throws AssemblyError if a bucket’s key has no policy that can be read, or a list of grants is refused
 */
export function keysOf(
  source: CustodySource,
  made: readonly Placed[],
  buckets: readonly MadeBucket[],
  askedFile: (bucket: MadeBucket) => string | undefined,
): MadeKey[] {
  const grants = grantsByBucket(source);
  const ofBucket = (arn: string) => {
    const bucket = buckets.find(({ key }) => key === arn);
    const lists = (bucket && grants.get(bucket.arn)) ?? [];
    return lists.flatMap((list) => grantsIn(list, arn));
  };
  const ours = made.map(({ stack, id, place, properties }): MadeKey => {
    const arn = keyArnToBe(stack, id);
    const policy = documentOf(properties.KeyPolicy, { file: stack.file, id });
    return {
      arn,
      place,
      account: stack.account,
      policy: compile(policy, { kind: 'key', name: place }),
      ...said('purpose', purposeIn(properties)),
      ...said('spec', properties.KeySpec),
      grants: ofBucket(arn),
    };
  });
  const brought = buckets.flatMap((bucket): MadeKey[] => {
    const { key: arn, place } = bucket;
    if (arn === undefined)
      throw new AssemblyError(`${place} is encrypted with no key that its template names by ARN`);
    if (ours.some((key) => key.arn === arn)) return [];
    const file = askedFile(bucket);
    const text = file === undefined ? undefined : source.file(file);
    if (file === undefined || text === undefined)
      throw new AssemblyError(`${place} is encrypted with ${arn}, whose policy is not in the assembly`);
    const policy = compile(documentOf(text, { file, id: arn }), { kind: 'key', name: file });
    return [{ arn, place: file, account: arn.split(':')[4] ?? '', policy, grants: ofBucket(arn) }];
  });
  return [...ours, ...brought];
}

function purposeIn({ Tags }: Placed['properties']): unknown {
  const tags = Array.isArray(Tags)
    ? (Tags as readonly { readonly Key?: unknown; readonly Value?: unknown }[])
    : [];
  return tags.find(({ Key }) => Key === 'concordat:key-purpose')?.Value;
}

function said<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return typeof value === 'string' ? ({ [name]: value } as Record<Name, string>) : {};
}

/** Each list of grants that a layer carries, by the bucket that it is for. */
function grantsByBucket(source: CustodySource): Map<string, List[]> {
  const found = new Map<string, List[]>();
  for (const stack of source.stacks)
    for (const { Type, Properties } of Object.values(stack.resources)) {
      if (Type !== 'AWS::Lambda::LayerVersion') continue;
      const s3Key = (Properties?.Content as { S3Key?: unknown } | undefined)?.S3Key;
      if (typeof s3Key !== 'string') continue;
      const text = source.assetFile(stack, s3Key, 'grants.json');
      if (text === undefined) {
        if (!String(Properties?.LayerName).endsWith('grant-broker-file')) continue;
        throw new AssemblyError(
          `${stack.file}: the list of grants is missing: there is no grants.json in asset.${s3Key.replace(/\.zip$/, '')}`,
        );
      }
      const file = `asset.${s3Key.replace(/\.zip$/, '')}/grants.json`;
      const bucket = bucketIn(text, file);
      found.set(bucket, [...(found.get(bucket) ?? []), { file, text, stack }]);
    }
  return found;
}

function bucketIn(text: string, file: string): string {
  try {
    return String((JSON.parse(text) as { key?: { bucketArn?: unknown } }).key?.bucketArn);
  } catch {
    throw new AssemblyError(`${file} is not JSON: synthesise the assembly again`);
  }
}

/** Each grant of a list has the one shape that the broker gives it. */
function grantsIn({ text, file }: List, key: string): AskedGrant[] {
  try {
    const list = parseGrantList(text, key);
    return list.shares.map(({ share, grantee, from, until }) => ({
      grantee,
      from,
      until,
      grant: grantOf({
        name: `${share} in ${file}`,
        key,
        grantee,
        operations: ['Decrypt', 'DescribeKey'],
        retiring: `arn:aws:iam::${list.key.account}:role/concordat/concordat-grant-broker`,
        encryptionContextEquals: { 'aws:s3:arn': list.key.bucketArn },
      }),
    }));
  } catch (error) {
    if (!(error instanceof GrantListError)) throw error;
    throw new AssemblyError(
      `${file} is a list of grants that the broker refuses: ${error.problems.join('; ')}`,
    );
  }
}
