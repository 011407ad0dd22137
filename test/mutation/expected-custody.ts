/**
 * What the custody of each key must come to, written from the register alone. It shares nothing with what makes policies
 * nor with what reads them back: names, actions and conditions stand here once more, so that either’s mistake shows.
 */

import type { IsoDate } from '../../lib/register/calendar';
import type { Register } from '../../lib/register/register';
import type { Member } from '../../lib/register/schema/organisation';
import { isLive, sharesOf } from '../../lib/register/share';

/** One statement, without its name: an effect on somebody, and all conditions as `operator key = values`. */
export interface Said {
  readonly effect: string;
  readonly who: readonly string[];
  readonly actions: readonly string[];
  readonly on: readonly string[];
  readonly if: readonly string[];
}

/** The custody of one key, in the words of AWS. */
export interface Meaning {
  readonly where: Readonly<Record<string, unknown>>;
  readonly policy: readonly Said[];
  readonly grants: readonly Readonly<Record<string, unknown>>[];
  readonly roles: Readonly<
    Record<
      string,
      {
        trust: readonly Said[];
        onTheKey: readonly Said[];
        besides?: readonly Said[];
        twice?: readonly string[];
        runs: number;
      }
    >
  >;
  readonly accounts: readonly string[];
  readonly attention: readonly string[];
}

const LOOK = [
  'DescribeKey',
  'GetKeyLastUsage',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
];
const ORIGIN = {
  account: 'AWS_KMS',
  imported: 'EXTERNAL',
  cloudhsm: 'AWS_CLOUDHSM',
  external: 'EXTERNAL_KEY_STORE',
} as const;
const CRYPTOGRAPHIC = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];

/** What the register’s file of a member asks for. */
export function expectedCustody(register: Register, member: Member, asOf: IsoDate): Meaning {
  const { zone, organisations } = register;
  const { account, custody } = member;
  const root = `arn:aws:iam::${account}:root`;
  const role = (purpose: string, of: string = account) =>
    `arn:aws:iam::${of}:role/concordat/concordat-${purpose}`;
  const bucket = `${zone.namePrefix}-exchange-${account}-${zone.region}-an`;
  const shares = sharesOf(register, asOf)
    .filter(isLive)
    .filter(({ owner }) => owner.id === member.id);
  const outside = [
    ...new Set(
      shares
        .filter(({ recipient }) => recipient.membership === 'external')
        .map(({ recipient }) => recipient.account),
    ),
  ].sort();
  const kms = (names: readonly string[]) => names.map((name) => `kms:${name}`);
  const caller = (arns: readonly string[]) => `ArnEquals aws:PrincipalArn = ${arns.join(' | ')}`;
  const throughS3 = `StringEquals kms:ViaService = s3.${zone.region}.amazonaws.com`;
  const inBucket = `StringEquals kms:EncryptionContext:aws:s3:arn = arn:aws:s3:::${bucket}`;
  const inNoOther = [
    'ForAllValues:StringEquals kms:EncryptionContextKeys = aws:s3:arn',
    'Null kms:EncryptionContextKeys = false',
  ];
  const allow = (actions: readonly string[], ...conditions: string[]) =>
    said('Allow', [root], kms(actions), ['*'], conditions);
  const deny = (...conditions: string[]) => said('Deny', ['*'], kms(CRYPTOGRAPHIC), ['*'], conditions);
  const uses = (purpose: string, actions: readonly string[]) =>
    allow(actions, caller([role(purpose)]), throughS3, inBucket, ...inNoOther);
  const admins = caller(custody.administrators);
  const broker = role('grant-broker');
  const key = 'keyArn' in custody ? custody.keyArn : 'this key';
  const known = new Map(organisations.map((each) => [each.account as string, each]));
  const trustedBy = (arns: readonly string[], of: string) =>
    said('Allow', [`arn:aws:iam::${of}:root`], ['sts:AssumeRole'], [], [caller(arns)]);
  const active =
    !(member.paused && member.paused.from <= asOf && (member.paused.until ?? asOf) >= asOf) &&
    (member.leaves === undefined || asOf <= member.leaves);
  const useOwn = (actions: readonly string[]) => said('Allow', [], kms(actions), [key], [throughS3]);
  const fromBroker = `ArnEquals lambda:SourceFunctionArn = arn:aws:lambda:${zone.region}:${account}:function:concordat-grant-broker`;
  return {
    where: {
      organisation: member.id,
      name: member.name,
      account,
      region: zone.region,
      bucket,
      origin: ORIGIN[custody.kind],
      ...('keyArn' in custody && { arn: custody.keyArn }),
      ...('clusterId' in custody && { clusterId: custody.clusterId }),
      ...('externalKeyId' in custody && { externalKeyId: custody.externalKeyId }),
      ...('materialExpires' in custody && { materialExpires: custody.materialExpires }),
      ...(custody.kind === 'account' && { rotationDays: 365 }),
      ...(!('keyArn' in custody) && { deletionDays: 30, kept: true }),
      awsOrganisation: zone.awsOrganizationId,
    },
    policy: sorted([
      allow([
        ...LOOK,
        'DisableKeyRotation',
        'EnableKeyRotation',
        'PutKeyPolicy',
        'TagResource',
        'UntagResource',
        'UpdateKeyDescription',
      ]),
      allow(
        [
          ...LOOK,
          'CancelKeyDeletion',
          'CreateAlias',
          'DeleteAlias',
          'DisableKey',
          'EnableKey',
          'RevokeGrant',
          'RotateKeyOnDemand',
          'UpdateAlias',
        ],
        admins,
      ),
      allow(
        ['ScheduleKeyDeletion'],
        admins,
        'NumericGreaterThanEquals kms:ScheduleKeyDeletionPendingWindowInDays = 30',
      ),
      ...(custody.kind === 'imported'
        ? [
            allow(['ImportKeyMaterial'], admins, 'StringEquals kms:ExpirationModel = KEY_MATERIAL_EXPIRES'),
            allow(['DeleteImportedKeyMaterial', 'GetParametersForImport'], admins),
          ]
        : []),
      uses('deposit', ['Decrypt', 'GenerateDataKey']),
      uses('malware-scan', ['Decrypt', 'GenerateDataKey']),
      uses('release-gate', ['Decrypt', 'GenerateDataKey']),
      allow(
        ['CreateGrant'],
        caller([broker]),
        'StringEquals kms:GrantConstraintType = EncryptionContextEquals',
        inBucket,
        `StringEquals kms:RetiringPrincipal = ${broker}`,
        ...inNoOther,
        'ForAllValues:StringEquals kms:GrantOperations = Decrypt | DescribeKey',
        'Null kms:GrantOperations = false',
        'StringLike kms:GranteePrincipal = arn:aws:iam::*:role/concordat/concordat-collect',
      ),
      allow(['DescribeKey', 'ListGrants', 'RevokeGrant'], caller([broker])),
      deny(`StringNotEquals kms:ViaService = s3.${zone.region}.amazonaws.com`),
      deny(
        `StringNotEquals aws:PrincipalOrgID = ${zone.awsOrganizationId}`,
        ...(outside.length > 0 ? [`StringNotEquals aws:PrincipalAccount = ${outside.join(' | ')}`] : []),
      ),
    ]),
    grants: shares
      .map(({ id, agreement, recipient, days }) => ({
        share: id,
        agreement: agreement.id,
        grantee: role('collect', recipient.account),
        firstDay: days.from,
        lastDay: days.until,
        trust: [trustedBy(known.get(recipient.account)?.mayCollect ?? [], recipient.account)],
      }))
      .sort((a, b) => (a.share < b.share ? -1 : 1)),
    roles: {
      ...Object.fromEntries(custody.administrators.map((arn) => [arn, { trust: [], onTheKey: [], runs: 0 }])),
      ...(member.mayDeposit.length > 0
        ? {
            [role('deposit')]: {
              trust: [trustedBy(member.mayDeposit, account)],
              onTheKey: active ? [useOwn(['Decrypt', 'GenerateDataKey'])] : [],
              runs: 0,
            },
          }
        : { [role('deposit')]: { trust: [], onTheKey: [], runs: 0 } }),
      ...(member.mayCollect.length > 0 && active
        ? {
            [role('collect')]: {
              trust: [trustedBy(member.mayCollect, account)],
              onTheKey: [
                said(
                  'Allow',
                  [],
                  ['kms:Decrypt'],
                  [`arn:aws:kms:${zone.region}:*:key/*`],
                  [`StringEquals aws:ResourceOrgID = ${zone.awsOrganizationId}`, throughS3],
                ),
              ],
              runs: 0,
            },
          }
        : {}),
      [role('malware-scan')]: {
        trust: [
          said(
            'Allow',
            ['malware-protection-plan.guardduty.amazonaws.com'],
            ['sts:AssumeRole'],
            [],
            [
              `StringEqualsIfExists aws:SourceAccount = ${account}`,
              `ArnLikeIfExists aws:SourceArn = arn:aws:guardduty:${zone.region}:${account}:malware-protection-plan/*`,
            ],
          ),
        ],
        onTheKey: [useOwn(['Decrypt', 'GenerateDataKey'])],
        runs: 0,
      },
      [role('release-gate')]: {
        trust: [
          said(
            'Allow',
            ['lambda.amazonaws.com'],
            ['sts:AssumeRole'],
            [],
            [`StringEquals aws:SourceAccount = ${account}`],
          ),
        ],
        onTheKey: [useOwn(['Decrypt', 'GenerateDataKey'])],
        runs: 1,
      },
      [broker]: {
        trust: [
          said(
            'Allow',
            ['lambda.amazonaws.com'],
            ['sts:AssumeRole'],
            [],
            [`StringEquals aws:SourceAccount = ${account}`],
          ),
        ],
        onTheKey: [
          said(
            'Allow',
            [],
            kms(['CreateGrant', 'DescribeKey', 'ListGrants', 'RevokeGrant']),
            [key],
            [fromBroker],
          ),
        ],
        besides: sorted([
          said(
            'Allow',
            [],
            ['s3:GetAccessPointPolicy', 's3:PutAccessPointPolicy'],
            [`arn:aws:s3:${zone.region}:${account}:accesspoint/????????????--*`],
            [fromBroker],
          ),
          said(
            'Allow',
            [],
            ['ssm:GetParametersByPath', 'ssm:PutParameter'],
            ['', '/*'].map(
              (each) => `arn:aws:ssm:${zone.region}:${account}:parameter/concordat/stops${each}`,
            ),
            [fromBroker],
          ),
          said(
            'Allow',
            [],
            ['cloudformation:DescribeStacks'],
            [`arn:aws:cloudformation:${zone.region}:${account}:stack/Organisation-${member.id}/*`],
            [fromBroker],
          ),
          said(
            'Allow',
            [],
            ['iam:PutRolePolicy'],
            ['collect', 'deposit', 'receipts'].map((each) => role(each)),
            [fromBroker],
          ),
          said(
            'Allow',
            [],
            ['logs:CreateLogStream', 'logs:PutLogEvents'],
            [
              `arn:aws:logs:${zone.region}:${account}:log-group:/aws/lambda/concordat-grant-broker:log-stream:*`,
            ],
            [],
          ),
        ]),
        twice: [],
        runs: 1,
      },
    },
    accounts: [
      ...new Set([account as string, ...shares.map(({ recipient }) => recipient.account as string)]),
    ].sort(),
    attention: [],
  };
}

/** A statement whose lists are in order, so that order says nothing. */
export function said(
  effect: string,
  who: readonly string[],
  actions: readonly string[],
  on: readonly string[],
  conditions: readonly string[],
): Said {
  const inOrder = (list: readonly string[]) => [...list].sort();
  return { effect, who: inOrder(who), actions: inOrder(actions), on: inOrder(on), if: inOrder(conditions) };
}

/** Statements in an order of their own. */
export function sorted(list: readonly Said[]): Said[] {
  return [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
