/**
 * The policy of an organisation’s bucket. It allows one thing, and that only to the bucket’s own access points; all else
 * are denies. It has the same size however many agreements there are.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */

import {
  AGREEMENTS_PREFIX,
  anyAccessPoint,
  bucketArn,
  GATE_DECISIONS,
  GATE_RELEASED,
  GATE_TAG,
  MALWARE_CLEAN,
  MALWARE_TAG,
  REPORTS_PREFIX,
  roleArn,
} from '../names';
import type { AccountId, Zone } from '../register';
import { type PolicyDocument, policy, type ResourceStatement } from './document';

/** The lowest version of TLS. Version 1.3 would shut out interface endpoints, which do not offer it yet. */
export const TLS_FLOOR = '1.2';

/** Every action that sets the tags of an object or of a version of it, at upload or later. */
const SET_TAGS = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'] as const;

/** Every other action that changes tags: it removes them, or brings them along from another bucket. */
const REMOVE_OR_REPLICATE_TAGS = [
  's3:DeleteObjectTagging',
  's3:DeleteObjectVersionTagging',
  's3:ReplicateTags',
] as const;

/** Whose bucket it is, and the key that it is encrypted with. */
export interface BucketPolicyInput {
  readonly zone: Zone;
  readonly account: AccountId;
  /** May be a CloudFormation reference. */
  readonly keyArn: string;
}

/** The bucket policy of one organisation. */
export function bucketPolicy(input: BucketPolicyInput): PolicyDocument<ResourceStatement> {
  return policy(
    accessPointsRead(input),
    accessPointsList(input),
    deny(input, 'DenyRequestsWithoutTls', ['s3:*'], { Bool: { 'aws:SecureTransport': 'false' } }),
    deny(input, 'DenyTlsBelowOnePointTwo', ['s3:*'], { NumericLessThan: { 's3:TlsVersion': TLS_FLOOR } }),
    denyPut(input, 'DenyEncryptionOtherThanKms', {
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
    }),
    denyPut(input, 'DenyAnyOtherKey', {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      ArnNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': input.keyArn },
    }),
    // An upload that asks for KMS and names no key gets the key that AWS manages for the account, not the bucket’s.
    denyPut(input, 'DenyTheKeyThatAwsManages', {
      Null: {
        's3:x-amz-server-side-encryption': 'false',
        's3:x-amz-server-side-encryption-aws-kms-key-id': 'true',
      },
    }),
    denyPut(input, 'DenyKeysThatTheCallerBrings', {
      Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
    }),
    // It would put an object that is there already under another key, past all that is said of uploads above.
    denyMovingToAnotherKey(input),
    denyReplicas(input),
    denyDepositsByLink(input),
    ...denyLocks(input),
    ...denyFalseVerdicts(input),
    ...denyFalseDecisions(input),
    denyWritingReports(input),
  );
}

/** The access point then says who; both must say yes. */
function accessPointsRead({ zone, account }: BucketPolicyInput): ResourceStatement {
  return {
    Sid: 'OwnAccessPointsDecideWhoReads',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['s3:GetObject'],
    Resource: `${bucketArn(zone, account)}/${AGREEMENTS_PREFIX}*`,
    Condition: throughOwnAccessPoints(zone, account),
  };
}

function accessPointsList({ zone, account }: BucketPolicyInput): ResourceStatement {
  return {
    Sid: 'OwnAccessPointsDecideWhoLists',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['s3:ListBucket'],
    Resource: bucketArn(zone, account),
    Condition: throughOwnAccessPoints(zone, account),
  };
}

/** A fixed account in the ARN keeps the policy from counting as public. */
function throughOwnAccessPoints(zone: Zone, account: AccountId) {
  return {
    ArnLike: { 's3:DataAccessPointArn': anyAccessPoint(zone, account) },
    StringEquals: { 's3:DataAccessPointAccount': account },
  };
}

/**
 * The verdict of the malware scan is a tag, so any role that can tag can release. `PutObjectTagging` replaces the whole set,
 * hence the gate may tag only where the verdict was clean and stays so. S3 takes a statement only if each of its
 * condition keys applies to each of its actions, hence one statement for each key.
 */
function denyFalseVerdicts(input: BucketPolicyInput): ResourceStatement[] {
  const malwareScan = roleArn(input.account, 'malware-scan');
  const gate = roleArn(input.account, 'release-gate');
  const gateUnless = (key: `s3:ExistingObjectTag/${string}` | `s3:RequestObjectTag/${string}`) => ({
    ArnEquals: { 'aws:PrincipalArn': gate },
    StringNotEquals: { [key]: MALWARE_CLEAN },
  });
  return [
    denyOnObjects(input, 'DenyTaggingByAllButMalwareScanAndReleaseGate', SET_TAGS, {
      ArnNotEquals: { 'aws:PrincipalArn': [malwareScan, gate] },
    }),
    denyOnObjects(input, 'DenyRemovingOrReplicatingTagsByAllButMalwareScan', REMOVE_OR_REPLICATE_TAGS, {
      ArnNotEquals: { 'aws:PrincipalArn': malwareScan },
    }),
    denyOnObjects(
      input,
      'DenyReleaseGateWhereMalwareVerdictIsNotClean',
      SET_TAGS,
      gateUnless(`s3:ExistingObjectTag/${MALWARE_TAG}`),
    ),
    denyOnObjects(
      input,
      'DenyReleaseGateChangingTheMalwareVerdict',
      SET_TAGS,
      gateUnless(`s3:RequestObjectTag/${MALWARE_TAG}`),
    ),
  ];
}

/**
 * The decision of the gate is a tag too. It is written once: what was released stays so, and what was rejected can’t be released
 * by another run. The malware scan keeps the tags that are there when it scans again, and may bring none that releases.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
 */
function denyFalseDecisions(input: BucketPolicyInput): ResourceStatement[] {
  const gate = roleArn(input.account, 'release-gate');
  const existing = `s3:ExistingObjectTag/${GATE_TAG}` as const;
  const requested = `s3:RequestObjectTag/${GATE_TAG}` as const;
  return [
    denyOnObjects(input, 'DenyReleaseGateChangingItsDecision', SET_TAGS, {
      ArnEquals: { 'aws:PrincipalArn': gate },
      Null: { [existing]: 'false' },
    }),
    denyOnObjects(input, 'DenyReleaseGateAnythingButADecision', SET_TAGS, {
      ArnEquals: { 'aws:PrincipalArn': gate },
      StringNotEquals: { [requested]: GATE_DECISIONS },
    }),
    denyOnObjects(input, 'DenyReleasingByAllButTheReleaseGate', SET_TAGS, {
      ArnNotEquals: { 'aws:PrincipalArn': gate },
      StringEquals: { [requested]: GATE_RELEASED },
      StringNotEquals: { [existing]: GATE_RELEASED },
    }),
  ];
}

/** Nobody but the gate says what it found; what it has said is not taken back by it either, as it may only write. */
function denyWritingReports(input: BucketPolicyInput): ResourceStatement {
  const { zone, account } = input;
  return {
    Sid: 'DenyWritingReportsByAllButTheReleaseGate',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
    Resource: `${bucketArn(zone, account)}/${REPORTS_PREFIX}*`,
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': roleArn(account, 'release-gate') } },
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html */
function denyMovingToAnotherKey({ zone, account }: BucketPolicyInput): ResourceStatement {
  return {
    Sid: 'DenyMovingObjectsToAnotherKey',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:UpdateObjectEncryption'],
    Resource: `${bucketArn(zone, account)}/*`,
  };
}

/** Replication writes by other actions, to which the statements on uploads do not apply. */
function denyReplicas({ zone, account }: BucketPolicyInput): ResourceStatement {
  return {
    Sid: 'DenyReplicasFromOtherBuckets',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:ReplicateDelete', 's3:ReplicateObject'],
    Resource: `${bucketArn(zone, account)}/*`,
  };
}

/**
 * A link or a form that a role has signed works for whoever holds it. Deposits, and their recall, are the role’s own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
function denyDepositsByLink(input: BucketPolicyInput): ResourceStatement {
  return denyOnObjects(
    input,
    'DenyDepositsAndRecallsByLinksOrForms',
    ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
    { StringEquals: { 's3:authType': ['POST', 'REST-QUERY-STRING'] } },
  );
}

function deny(
  { zone, account }: BucketPolicyInput,
  sid: string,
  actions: ResourceStatement['Action'],
  condition: NonNullable<ResourceStatement['Condition']>,
): ResourceStatement {
  const bucket = bucketArn(zone, account);
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: actions,
    Resource: [bucket, `${bucket}/*`],
    Condition: condition,
  };
}

function denyOnObjects(
  input: BucketPolicyInput,
  sid: string,
  actions: ResourceStatement['Action'],
  condition: NonNullable<ResourceStatement['Condition']>,
): ResourceStatement {
  return { ...deny(input, sid, actions, condition), Resource: `${bucketArn(input.zone, input.account)}/*` };
}

/**
 * Personal data that is locked cannot be erased, by nobody and for decades. A bucket’s own setting locks what is deposited
 * from then on, without a word in the upload. A deployment does not set it: a new bucket has no policy yet.
 */
function denyLocks({ zone, account }: BucketPolicyInput): ResourceStatement[] {
  const bucket = bucketArn(zone, account);
  const everybody = { Effect: 'Deny', Principal: { AWS: '*' } } as const;
  return [
    {
      Sid: 'DenyLockingSharedData',
      ...everybody,
      Action: ['s3:BypassGovernanceRetention', 's3:PutObjectLegalHold', 's3:PutObjectRetention'],
      Resource: `${bucket}/*`,
    },
    {
      Sid: 'DenyLockingWhateverIsDeposited',
      ...everybody,
      Action: ['s3:PutBucketObjectLockConfiguration'],
      Resource: bucket,
    },
  ];
}

/**
 * An upload without headers takes the bucket’s own encryption and must pass, hence `Null`: a negated operator also
 * matches a key that is absent, with `IfExists` or without.
 */
function denyPut(
  input: BucketPolicyInput,
  sid: string,
  condition: NonNullable<ResourceStatement['Condition']>,
) {
  return denyOnObjects(input, sid, ['s3:PutObject'], condition);
}
