/** The keys of an assembly: those that templates make, and those that organisations bring, with the grants asked for each. */
import { grantOf } from '../iam';
import { KEY_PURPOSE_TAG, roleArnIn } from '../names';
import { GRANT_LIST_FILE, GrantListError } from '../wire';
import type { Assembly } from './assembly';
import { AssemblyError } from './errors';
import { grantListIn } from './grant-lists';
import { keyArnToBe, type Placed, tagIn } from './grounded';
import { assetFolder } from './layout';
import { policyIn } from './policies';
import type { AssemblyStack } from './stack';
import type { AskedGrant, MadeBucket, MadeKey } from './world';

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
  assembly: Assembly,
  made: readonly Placed[],
  buckets: readonly MadeBucket[],
  askedFile: (bucket: MadeBucket) => string | undefined,
): MadeKey[] {
  const grants = grantsByBucket(assembly);
  const byKey = new Map<string, MadeBucket>();
  for (const each of buckets) if (each.key !== undefined && !byKey.has(each.key)) byKey.set(each.key, each);
  const ofBucket = (arn: string) => {
    const bucket = byKey.get(arn);
    const lists = (bucket && grants.get(bucket.arn)) ?? [];
    return lists.flatMap((list) => grantsIn(assembly, list, arn));
  };
  const ours = made.map(({ stack, id, place, properties }): MadeKey => {
    const arn = keyArnToBe(stack, id);
    return {
      arn,
      place,
      account: stack.account,
      policy: policyIn(properties.KeyPolicy, 'key', place, { file: stack.file, id }),
      ...said('purpose', tagIn(properties, KEY_PURPOSE_TAG)),
      ...said('spec', properties.KeySpec),
      grants: ofBucket(arn),
    };
  });
  const madeHere = new Set(ours.map(({ arn }) => arn));
  const brought = buckets.flatMap((bucket): MadeKey[] => {
    const { key: arn, place } = bucket;
    if (arn === undefined)
      throw new AssemblyError(`${place} is encrypted with no key that its template names by ARN`);
    if (madeHere.has(arn)) return [];
    const file = askedFile(bucket);
    const text = file === undefined ? undefined : assembly.file(file);
    if (file === undefined || text === undefined)
      throw new AssemblyError(`${place} is encrypted with ${arn}, whose policy is not in the assembly`);
    const policy = policyIn(text, 'key', file, { file, id: arn });
    return [{ arn, place: file, account: arn.split(':')[4] ?? '', policy, grants: ofBucket(arn) }];
  });
  return [...ours, ...brought];
}

function said<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return typeof value === 'string' ? ({ [name]: value } as Record<Name, string>) : {};
}

/** Each list of grants that a layer carries, by the bucket that it is for. */
function grantsByBucket(assembly: Assembly): Map<string, List[]> {
  const found = new Map<string, List[]>();
  for (const stack of assembly.stacks)
    for (const { Type, Properties } of Object.values(stack.resources)) {
      if (Type !== 'AWS::Lambda::LayerVersion') continue;
      const s3Key = (Properties?.Content as { S3Key?: unknown } | undefined)?.S3Key;
      if (typeof s3Key !== 'string') continue;
      const text = assembly.assetFile(stack, s3Key, GRANT_LIST_FILE);
      if (text === undefined) {
        if (!String(Properties?.LayerName).endsWith('grant-broker-file')) continue;
        throw new AssemblyError(
          `${stack.file}: the list of grants is missing: there is no ${GRANT_LIST_FILE} in ${assetFolder(s3Key)}`,
        );
      }
      const file = `${assetFolder(s3Key)}/${GRANT_LIST_FILE}`;
      const bucket = bucketIn(text, file);
      found.set(bucket, [...(found.get(bucket) ?? []), { file, text, stack }]);
    }
  return found;
}

function bucketIn(text: string, file: string): string {
  try {
    return String((JSON.parse(text) as { key?: { bucketArn?: unknown } }).key?.bucketArn);
  } catch (cause) {
    throw new AssemblyError(`${file} is not JSON: synthesise the assembly again`, { cause });
  }
}

/** Each grant of a list has the one shape that the broker gives it. */
function grantsIn(assembly: Assembly, { text, file }: List, key: string): AskedGrant[] {
  try {
    const list = grantListIn(assembly, text, key);
    return list.shares.map(({ share, grantee, from, until }) => ({
      grantee,
      from,
      until,
      grant: grantOf({
        name: `${share} in ${file}`,
        key,
        grantee,
        operations: ['Decrypt', 'DescribeKey'],
        retiring: roleArnIn(list.key.account, 'grant-broker'),
        encryptionContextEquals: { 'aws:s3:arn': list.key.bucketArn },
      }),
    }));
  } catch (error) {
    if (!(error instanceof GrantListError)) throw error;
    throw new AssemblyError(
      `${file} is a list of grants that the broker refuses: ${error.problems.join('; ')}`,
      { cause: error },
    );
  }
}
