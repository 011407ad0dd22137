/**
 * What must hold of the policy of a key of shared data, whoever wrote it, for the statement to be read without worry. Each
 * is looked for by what statements say, never by their names.
 */
import type { Permission } from './permissions';

/** The key’s Region and account, and the one bucket that it is for. */
export interface KeyScope {
  readonly region: string;
  readonly account: string;
  readonly bucketArn: string;
}

/** The actions that use a symmetric key. */
const USING: readonly string[] = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];
/** What a grant may give: it reads, and looks at the key. */
const GRANTABLE: readonly string[] = ['Decrypt', 'DescribeKey'];

/** Every protection that the policy does not give, as a sentence. */
export function protectionFaults(policy: readonly Permission[], scope: KeyScope): string[] {
  const denies = policy.filter(
    ({ effect, principals, powers }) =>
      effect === 'Deny' &&
      principals.every((each) => each === '*' || each === 'AWS: *') &&
      USING.every((action) => powers.decrypt?.includes(action) || powers.encrypt?.includes(action)),
  );
  const allows = policy.filter(({ effect }) => effect !== 'Deny');
  return [
    ...(denies.some((each) => onlyThroughS3(each, scope))
      ? []
      : ['nothing denies the use of the key other than through Amazon S3 in its Region']),
    ...(denies.some(onlyFromOneOrganisation)
      ? []
      : ['nothing denies the use of the key to callers outside one AWS organisation and named accounts']),
    ...allows
      .filter(({ powers }) => powers.decrypt ?? powers.encrypt ?? powers.sign)
      .flatMap((each) => useFaults(each, scope)),
    ...allows.filter(({ powers }) => powers.grant).flatMap((each) => grantFaults(each, scope)),
    ...allows
      .filter(({ powers }) => powers.copy)
      .map(({ sid }) => `${sid}: it lets the key be copied to another Region`),
  ];
}

function onlyThroughS3({ conditions }: Permission, { region }: KeyScope): boolean {
  const [only, ...more] = conditions;
  return more.length === 0 && is(only, 'StringNotEquals', 'kms:ViaService', [`s3.${region}.amazonaws.com`]);
}

function onlyFromOneOrganisation({ conditions }: Permission): boolean {
  const ofOrganisation = conditions.filter(({ key }) => key === 'aws:PrincipalOrgID');
  const [first] = ofOrganisation;
  const others = conditions.filter((each) => each !== first);
  return (
    first?.operator === 'StringNotEquals' &&
    first.values.length === 1 &&
    others.every(
      ({ operator, key, values }) =>
        operator === 'StringNotEquals' &&
        key === 'aws:PrincipalAccount' &&
        values.every((each) => /^\d{12}$/.test(each)),
    )
  );
}

function useFaults({ sid, conditions }: Permission, { region, bucketArn }: KeyScope): string[] {
  const has = (key: string, value: string) =>
    conditions.some((each) => is(each, 'StringEquals', key, [value]));
  return [
    ...(conditions.some(({ inWho }) => inWho)
      ? []
      : [`${sid}: it holds the use of the key to no named role`]),
    ...(has('kms:ViaService', `s3.${region}.amazonaws.com`)
      ? []
      : [`${sid}: it does not hold the use of the key to Amazon S3`]),
    ...(has('kms:EncryptionContext:aws:s3:arn', bucketArn)
      ? []
      : [`${sid}: it does not hold the use of the key to the one bucket`]),
  ];
}

function grantFaults({ sid, conditions }: Permission, { bucketArn, account }: KeyScope): string[] {
  const find = (key: string, operator: string) =>
    conditions.find((each) => each.key === key && each.operator === operator);
  const present = (key: string) => find(key, 'Null')?.values.join() === 'false';
  const operations = find('kms:GrantOperations', 'ForAllValues:StringEquals');
  const contextKeys = find('kms:EncryptionContextKeys', 'ForAllValues:StringEquals');
  const grantee = find('kms:GranteePrincipal', 'StringLike');
  const retiring = find('kms:RetiringPrincipal', 'StringEquals');
  const wants: readonly (readonly [boolean | undefined, string])[] = [
    [conditions.some(({ inWho }) => inWho), 'it lets no named role alone make grants'],
    [
      operations?.values.every((each) => GRANTABLE.includes(each)) && present('kms:GrantOperations'),
      'it lets grants give more than reading',
    ],
    [
      is(find('kms:GrantConstraintType', 'StringEquals'), 'StringEquals', 'kms:GrantConstraintType', [
        'EncryptionContextEquals',
      ]) &&
        is(
          find('kms:EncryptionContext:aws:s3:arn', 'StringEquals'),
          'StringEquals',
          'kms:EncryptionContext:aws:s3:arn',
          [bucketArn],
        ) &&
        contextKeys?.values.join() === 'aws:s3:arn' &&
        present('kms:EncryptionContextKeys'),
      'it does not hold grants to the one bucket',
    ],
    [
      grantee?.values.every((each) => /^arn:aws:iam::(?:\*|\d{12}):role\/[^*?]+$/.test(each)),
      'it does not hold grants to one role of each account',
    ],
    [
      retiring?.values.every((each) => each.startsWith(`arn:aws:iam::${account}:role/`)),
      'it does not say that a role of the owner retires each grant',
    ],
  ];
  return wants.flatMap(([met, fault]) => (met ? [] : [`${sid}: ${fault}`]));
}

function is(
  condition: Permission['conditions'][number] | undefined,
  operator: string,
  key: string,
  values: readonly string[],
): boolean {
  return (
    condition?.operator === operator &&
    condition.key === key &&
    condition.values.join('\n') === values.join('\n')
  );
}
