/**
 * What a reader fears that a role could do: each is asked of the role’s own policies, and what none of them allows is
 * said. Asked as if every policy of bucket and key let the whole account in, so that a no is the role’s own.
 */
import { keyArnToBe, placedIn, tagIn } from '../assembly';
import { compile, decide, type Policy, type RequestInput, requestOf } from '../iam';
import { bucketArn, KEY_PURPOSE_TAG, roleArn, zoneBucketName } from '../names';
import type { PackSource } from './source';

interface Temptation {
  readonly words: string;
  /** Whether conditions count. Where not, a no is one under all conditions. */
  readonly conditional?: true;
  readonly asks: Omit<RequestInput, 'caller'>;
}

/**
 * What no policy of a role allows, in words. What cannot be judged is not promised.
 * @param documents the role’s policies, grounded
 */
export function cannotOf(documents: readonly unknown[], source: PackSource): string[] {
  const { organisation } = source;
  const compiled = (all: readonly unknown[]) =>
    all.map((each) => compile(each, { kind: 'identity', name: 'role' }));
  const [identity, unconditional] = [compiled(documents), compiled(documents.map(withoutConditions))];
  const caller = {
    type: 'role',
    arn: `arn:aws:iam::${organisation.account}:role/concordat/any`,
    session: 'asked',
  } as const;
  return temptations(source).flatMap(({ words, asks, conditional }) => {
    const resource = asks.resource.includes(':key/') ? wholeAccount(organisation.account) : undefined;
    const { verdict } = decide(requestOf({ caller, ...asks }), {
      identity: conditional ? identity : unconditional,
      ...(resource && { resource }),
    });
    return verdict === 'implicitly denied' || verdict === 'explicitly denied' ? [words] : [];
  });
}

function temptations(source: PackSource): Temptation[] {
  const { register, organisation } = source;
  const { zone } = register;
  const { account } = organisation;
  const bucket = bucketArn(zone, account);
  const key = keyOf(source);
  const role = roleArn(account, 'collect');
  const own = (words: string, action: string, resource = bucket): Temptation => ({
    words,
    asks: { action, resource, resourceAccount: account },
  });
  return [
    own('read what lies in the organisation’s own bucket', 's3:GetObject', `${bucket}/agreements/any/object`),
    own('deposit under an agreement', 's3:PutObject', `${bucket}/agreements/any/object`),
    own('delete for good what was deposited', 's3:DeleteObjectVersion', `${bucket}/agreements/any/object`),
    own('release what the malware scan held back', 's3:PutObjectTagging', `${bucket}/agreements/any/object`),
    {
      words: 'read what is shared with anybody else',
      asks: {
        action: 's3:GetObject',
        resource: `${bucket}/agreements/any/object`,
        resourceAccount: account,
        accessPoint: `arn:aws:s3:${zone.region}:${account}:accesspoint/000000000000--somebody-else`,
      },
    },
    { ...own('decrypt except through Amazon S3', 'kms:Decrypt', key), conditional: true },
    own('let anybody use the key', 'kms:CreateGrant', key),
    own('change who may use the key, or have it deleted', 'kms:PutKeyPolicy', key),
    own('change the bucket’s policy', 's3:PutBucketPolicy'),
    own('make the bucket public', 's3:PutBucketPublicAccessBlock'),
    own('change any role', 'iam:PutRolePolicy', role),
    {
      words: 'write or delete receipts',
      asks: {
        action: 's3:PutObject',
        resource: `arn:aws:s3:::${zoneBucketName(zone, 'ledger')}/receipts/${account}/1`,
        resourceAccount: account,
      },
    },
  ];
}

/** The policy of a key that leaves all to the policies of its account. */
function wholeAccount(account: string): Policy {
  return compile(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    { kind: 'key', name: 'key' },
  );
}

/**
 * The ARN of the organisation’s key for shared data: the one that it brought, the one that stands for what its template
 * makes, or, of an organisation without one, that of no key at all.
 */
export function keyOf({ register, organisation, stacks }: PackSource): string {
  if (organisation.membership === 'member' && 'keyArn' in organisation.custody)
    return organisation.custody.keyArn;
  const [made] = stacks.flatMap((stack) =>
    placedIn(stack)
      .filter(
        ({ resource, properties }) =>
          resource.Type === 'AWS::KMS::Key' && tagIn(properties, KEY_PURPOSE_TAG) === 'shared-data',
      )
      .map(({ id }) => keyArnToBe(stack, id)),
  );
  return (
    made ??
    `arn:aws:kms:${register.zone.region}:${organisation.account}:key/00000000-0000-4000-8000-000000000000`
  );
}

/** Every condition of an Allow holds, and none of a Deny does. */
function withoutConditions(document: unknown): unknown {
  const { Statement, ...others } = document as { Statement?: { Effect?: string; Condition?: unknown }[] };
  return {
    ...others,
    Statement: (Statement ?? []).flatMap(({ Condition, ...statement }) =>
      statement.Effect === 'Deny' && Condition !== undefined ? [] : [statement],
    ),
  };
}
