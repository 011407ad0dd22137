/**
 * What must hold of the policy of a key of shared data, whoever wrote it, for the statement to be read without worry. Each
 * is looked for by what statements say, never by their names.
 */
import type { KeyAttention, Protection } from './attention';
import type { Permission } from './permissions';

type Missing = KeyAttention & { kind: 'unprotected' };

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

/** Every protection that the policy does not give. */
export function missingProtections(policy: readonly Permission[], scope: KeyScope): Missing[] {
  const denies = policy.filter(
    ({ effect, principals, powers }) =>
      effect === 'Deny' &&
      principals.every(({ who }) => who.kind === 'anybody') &&
      USING.every((action) => powers.decrypt?.includes(action) || powers.encrypt?.includes(action)),
  );
  const allows = policy.filter(({ effect }) => effect !== 'Deny');
  return [
    ...(denies.some((each) => onlyThroughS3(each, scope)) ? [] : [missing('useThroughS3')]),
    ...(denies.some(onlyFromOneOrganisation) ? [] : [missing('useFromOneOrganisation')]),
    ...allows
      .filter(({ powers }) => powers.decrypt ?? powers.encrypt ?? powers.sign)
      .flatMap((each) => useFaults(each, scope)),
    ...allows.filter(({ powers }) => powers.grant).flatMap((each) => grantFaults(each, scope)),
    ...allows.filter(({ powers }) => powers.copy).map((each) => missing('noCopies', each)),
  ];
}

function onlyThroughS3({ conditions }: Permission, { region }: KeyScope): boolean {
  const [only, ...more] = conditions;
  return more.length === 0 && is(only, 'StringNotEquals', 'kms:ViaService', [`s3.${region}.amazonaws.com`]);
}

function onlyFromOneOrganisation({ conditions }: Permission): boolean {
  const ofOrganisation = conditions.filter(({ key }) => isKey(key, 'aws:PrincipalOrgID'));
  const [first] = ofOrganisation;
  const others = conditions.filter((each) => each !== first);
  return (
    first?.operator === 'StringNotEquals' &&
    first.values.length === 1 &&
    others.every(
      ({ operator, key, values }) =>
        operator === 'StringNotEquals' &&
        isKey(key, 'aws:PrincipalAccount') &&
        values.every((each) => /^\d{12}$/.test(each)),
    )
  );
}

function useFaults(permission: Permission, { region, bucketArn }: KeyScope): Missing[] {
  const { conditions } = permission;
  const has = (key: string, value: string) =>
    conditions.some((each) => is(each, 'StringEquals', key, [value]));
  return [
    ...(conditions.some(({ inWho }) => inWho) ? [] : [missing('useByNamedRole', permission)]),
    ...(has('kms:ViaService', `s3.${region}.amazonaws.com`)
      ? []
      : [missing('useThroughS3Alone', permission)]),
    ...(has('kms:EncryptionContext:aws:s3:arn', bucketArn) ? [] : [missing('useForOneBucket', permission)]),
    ...(isOfOnePair(permission) ? [] : [missing('useAsRecipientsRead', permission)]),
  ];
}

function grantFaults(permission: Permission, { bucketArn, account }: KeyScope): Missing[] {
  const { conditions } = permission;
  const find = (key: string, operator: string) =>
    conditions.find((each) => isKey(each.key, key) && each.operator === operator);
  const present = (key: string) => find(key, 'Null')?.values.join() === 'false';
  const operations = find('kms:GrantOperations', 'ForAllValues:StringEquals');
  const grantee = find('kms:GranteePrincipal', 'StringLike');
  const retiring = find('kms:RetiringPrincipal', 'StringEquals');
  const wants: readonly (readonly [boolean | undefined, Protection])[] = [
    [conditions.some(({ inWho }) => inWho), 'grantsByNamedRole'],
    [
      operations?.values.every((each) => GRANTABLE.includes(each)) && present('kms:GrantOperations'),
      'grantsOfReadingOnly',
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
        isOfOnePair(permission),
      'grantsForOneBucket',
    ],
    [
      grantee?.values.every((each) => /^arn:aws:iam::(?:\*|\d{12}):role\/[^*?]+$/.test(each)),
      'grantsToOneRole',
    ],
    [
      retiring?.values.every((each) => each.startsWith(`arn:aws:iam::${account}:role/`)),
      'grantsRetiredByOwner',
    ],
  ];
  return wants.flatMap(([met, protection]) => (met ? [] : [missing(protection, permission)]));
}

/** Whether the encryption context may have the one pair that S3 gives, and must have it. */
function isOfOnePair({ conditions }: Permission): boolean {
  const asks = (operator: string, value: string) =>
    conditions.some((each) => is(each, operator, 'kms:EncryptionContextKeys', [value]));
  return asks('ForAllValues:StringEquals', 'aws:s3:arn') && asks('Null', 'false');
}

function missing(protection: Protection, of?: Permission): Missing {
  return { kind: 'unprotected', protection, ...(of !== undefined && { sid: of.sid }) };
}

/** AWS takes the names of keys in any case. */
function isKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function is(
  condition: Permission['conditions'][number] | undefined,
  operator: string,
  key: string,
  values: readonly string[],
): boolean {
  return (
    condition?.operator === operator &&
    isKey(condition.key, key) &&
    condition.values.join('\n') === values.join('\n')
  );
}
