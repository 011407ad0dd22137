/** Checks on data at rest in buckets. */
import type { Check, JudgedAssembly } from '../check';
import { bucketPolicyOf, isExchangeBucket, membersOf, organisationOf, purposeOf } from '../facts';
import { eachOf, fail, holds, inStack, notAsked, pass, resourcesOf, type Seen, valueAt } from '../judging';
import { covers, deniesAll, hasExactly, spellsOut, statementsAt } from '../statements';

const SSE = [
  'BucketEncryption',
  'ServerSideEncryptionConfiguration',
  0,
  'ServerSideEncryptionByDefault',
] as const;
const KEY = [...SSE, 'KMSMasterKeyID'] as const;

/** The key that a bucket encrypts with, as an ARN. */
function keyOf({ resource }: Pick<Seen, 'resource'>): string {
  return String(valueAt(resource.properties, ...KEY) ?? '');
}

const users = new WeakMap<JudgedAssembly, ReadonlyMap<string, number>>();

/** How many buckets use a key. */
function bucketsUnder(assembly: JudgedAssembly, arn: string): number {
  let known = users.get(assembly);
  if (known === undefined) {
    const counts = new Map<string, number>();
    for (const seen of resourcesOf(assembly, ['AWS::S3::Bucket']))
      counts.set(keyOf(seen), (counts.get(keyOf(seen)) ?? 0) + 1);
    known = counts;
    users.set(assembly, known);
  }
  return known.get(arn) ?? 0;
}

/** The statement of the key’s template resource, where one is made; else the register’s word for a brought key. */
function ownKey(seen: Seen): string | undefined {
  const { stack, assembly } = seen;
  const arn = keyOf(seen);
  const made = inStack({ stack, assembly }, 'AWS::KMS::Key').find(
    ({ resource }) => arn === `arn:aws:kms:${stack.region}:${stack.account}:key/to-be-${resource.logicalId}`,
  );
  if (made)
    return purposeOf(made) === 'shared-data' ? `the template’s key ${made.resource.logicalId}` : undefined;
  const member = membersOf(assembly).find(({ account }) => account === stack.account);
  const custody = member?.custody;
  return custody && 'keyArn' in custody && custody.keyArn === arn
    ? 'the key that it brought, as its register file says'
    : undefined;
}

export const BUCKET_ENCRYPTION: readonly Check[] = [
  {
    id: 'S3-KMS',
    title: 'Every bucket encrypts by default with a KMS key that it names.',
    reads: ['AWS::S3::Bucket BucketEncryption'],
    why: 'With S3’s own keys nobody but AWS could say who decrypts, or stop it.',
    goals: ['csp-2.3', 'csp-14.1_goal.6', 'csp-14.1_goal.5'],
    doesNotProve: 'What a caller asks for instead (see S3-DENYKEY), or objects from before the setting.',
    remediation: 'Set SSEAlgorithm to aws:kms and KMSMasterKeyID to a key.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) =>
        holds(
          valueAt(seen.resource.properties, ...SSE, 'SSEAlgorithm') === 'aws:kms' &&
            keyOf(seen).startsWith('arn:aws:kms:'),
          `It encrypts with aws:kms and ${keyOf(seen)}.`,
          'It does not encrypt by default with aws:kms and a key that it names.',
          'Properties',
          ...SSE,
        ),
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'S3-OWNKEY',
    title:
      'Every organisation’s bucket is encrypted with that organisation’s own key, which no other bucket uses.',
    reads: ['AWS::S3::Bucket BucketEncryption', 'AWS::KMS::Key Tags', 'register.json organisations'],
    why: 'One key for each organisation means that ending it ends access to that organisation’s data, and to no other’s.',
    goals: ['csp-2.3', 'csp-3_goal.2'],
    doesNotProve: 'That AWS keeps the key’s material from everybody: KMS’s certificate does.',
    remediation:
      'Encrypt the bucket with the key in its own stack that is tagged shared-data, or with the key in the register.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen))
          return organisationOf(seen.assembly, seen.stack)
            ? fail(
                'An organisation has a bucket that is not the one that it shares from.',
                'Properties',
                'BucketName',
              )
            : notAsked(
                'It is the operator’s own and holds no organisation’s data.',
                'Properties',
                'BucketName',
              );
        const own = ownKey(seen);
        const sharing = bucketsUnder(seen.assembly, keyOf(seen));
        if (own === undefined)
          return fail(
            'It is not encrypted with the organisation’s own key for shared data.',
            'Properties',
            ...KEY,
          );
        return holds(
          sharing === 1,
          `It is encrypted with ${own}; no other bucket uses it.`,
          `${sharing} buckets use this key.`,
          'Properties',
          ...KEY,
        );
      },
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'S3-DENYKEY',
    title:
      'Every organisation’s bucket refuses uploads under any other key, and moves of objects to another key.',
    reads: ['AWS::S3::BucketPolicy PolicyDocument', 'AWS::S3::Bucket BucketEncryption'],
    why: 'A default can be overridden by each upload; a denial cannot.',
    goals: ['csp-2.3', 'csp-14.1_goal.5'],
    doesNotProve: 'Anything of objects from before the policy.',
    remediation:
      'Deny s3:PutObject under another algorithm, another key, AWS’s own key or a key that the caller brings, and s3:UpdateObjectEncryption altogether.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen))
          return notAsked(
            'It is the operator’s own; only its functions write there.',
            'Properties',
            'BucketName',
          );
        const policy = bucketPolicyOf(seen);
        const statements = policy ? statementsAt(policy, 'PolicyDocument') : [];
        const objects = `arn:aws:s3:::${String(seen.resource.properties.BucketName)}/*`;
        const header = 's3:x-amz-server-side-encryption';
        const refused = (...wanted: readonly (readonly [operator: string, key: string, value: string])[]) =>
          statements.some(
            (statement) =>
              statement.denies &&
              statement.principals.anybody &&
              spellsOut(statement, objects) &&
              covers(statement, 's3:PutObject') &&
              hasExactly(
                statement,
                wanted.map(([operator, key, value]) => [operator, key, [value]]),
              ),
          );
        const missing = [
          refused(['Null', header, 'false'], ['StringNotEquals', header, 'aws:kms'])
            ? []
            : ['another algorithm'],
          refused(
            ['Null', `${header}-aws-kms-key-id`, 'false'],
            ['ArnNotEquals', `${header}-aws-kms-key-id`, keyOf(seen)],
          )
            ? []
            : ['another key'],
          refused(['Null', header, 'false'], ['Null', `${header}-aws-kms-key-id`, 'true'])
            ? []
            : ['AWS’s own key'],
          refused(['Null', `${header}-customer-algorithm`, 'false']) ? [] : ['a key that the caller brings'],
          statements.some((each) =>
            deniesAll(each, ['s3:updateobjectencryption'], [objects.replace('*', 'any')]),
          )
            ? []
            : ['a move to another key'],
        ].flat();
        return missing.length === 0
          ? pass(
              'Its policy denies uploads under another algorithm or key, and moves to another key.',
              'Properties',
              'BucketName',
            )
          : fail(`Its policy does not deny ${missing.join(', ')}.`, 'Properties', 'BucketName');
      },
      'The assembly has no bucket.',
    ),
  },
];
