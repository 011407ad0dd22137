/** The recipient’s stacks: roles that read, and the bucket that takes the log files of both trails. */
import { PROBE_PATH, probeAccessPointArn, probeBucket, probeName, probeTrailArn } from '../../names';
import type { ProbeReader } from '../../policy';
import type { Sandbox } from '../sandbox';
import { bucket, byTlsAlone } from './bucket';
import {
  attribute,
  document,
  KEY_DAYS,
  ofItsAccount,
  type ProbeTemplate,
  type Resource,
  ref,
  resource,
  template,
  type Value,
} from './template';

/** The output with the ARN of the key of log files. */
export const LOG_KEY = 'LogKeyArn';
/** Governance: the probe itself deletes before the day is over. */
const LOCKED = { Mode: 'GOVERNANCE', Days: 1 } as const;

export function recipientTemplate(sandbox: Sandbox): ProbeTemplate {
  const { accounts, region, organisation } = sandbox;
  const { recipient } = accounts;
  const name = probeBucket('logs', region, recipient);
  const arn = `arn:aws:s3:::${name}`;
  const trails = [
    probeTrailArn(region, accounts.owner, 'owner-trail'),
    probeTrailArn(region, recipient, 'recipient-trail'),
  ];
  const byTheTrails = { 'aws:SourceArn': trails };
  const trail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  return template('roles that read, and a bucket for log files', {
    Resources: {
      LogKey: resource('AWS::KMS::Key', {
        Description: 'Concordat probe: encrypts log files',
        PendingWindowInDays: KEY_DAYS,
        KeyPolicy: document(
          ofItsAccount(recipient),
          {
            Sid: 'TheTrailsEncryptTheirLogFiles',
            ...trail,
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: {
              ArnEquals: byTheTrails,
              StringLike: {
                'kms:EncryptionContext:aws:cloudtrail:arn': Object.values(accounts).map(
                  (account) => `arn:aws:cloudtrail:*:${account}:trail/*`,
                ),
              },
            },
          },
          {
            Sid: 'TheTrailsLookAtTheKey',
            ...trail,
            Action: 'kms:DescribeKey',
            Resource: '*',
            Condition: { ArnEquals: byTheTrails },
          },
        ),
      }),
      LogBucket: bucket(name, attribute('LogKey', 'Arn'), {
        bucketKey: false,
        more: {
          VersioningConfiguration: { Status: 'Enabled' },
          ObjectLockEnabled: true,
          ObjectLockConfiguration: {
            ObjectLockEnabled: 'Enabled',
            Rule: { DefaultRetention: LOCKED },
          },
        },
      }),
      LogBucketPolicy: resource('AWS::S3::BucketPolicy', {
        Bucket: ref('LogBucket'),
        PolicyDocument: document(
          byTlsAlone(arn),
          {
            Sid: 'TheTrailsLookAtTheBucket',
            ...trail,
            Action: 's3:GetBucketAcl',
            Resource: arn,
            Condition: { ArnEquals: byTheTrails },
          },
          {
            Sid: 'TheTrailsDeliverLogFiles',
            ...trail,
            Action: 's3:PutObject',
            Resource: Object.values(accounts).map((account) => `${arn}/AWSLogs/${account}/*`),
            Condition: {
              ArnEquals: byTheTrails,
              StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
            },
          },
        ),
      }),
      Reader: reader('reader', sandbox),
      BareReader: reader('bare-reader', sandbox),
      ...(organisation !== undefined && {
        OrganisationReader: reader('organisation-reader', sandbox, {
          // The other way round from a collect role’s policy, since a grant would make up for what that allows: what is
          // absent counts as outside.
          Sid: 'DenyWhatLiesOutsideTheOrganisation',
          Effect: 'Deny',
          Action: ['s3:GetObject', 'kms:Decrypt'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:ResourceOrgID': organisation } },
        }),
      }),
    },
    Outputs: { [LOG_KEY]: { Value: attribute('LogKey', 'Arn') } },
  });
}

/** A role that is deleted and made again, by itself. */
export function secondReaderTemplate(sandbox: Sandbox): ProbeTemplate {
  return template('a role that reads, and is made twice', {
    Resources: { Reader: reader('second-reader', sandbox) },
  });
}

/** As a collect role: what it reads with must be given by the owner as well, by access point and grant. */
function reader(
  name: ProbeReader,
  { accounts: { owner, recipient }, region }: Sandbox,
  ...more: readonly Value[]
): Resource {
  return resource('AWS::IAM::Role', {
    RoleName: probeName(name),
    Path: PROBE_PATH,
    MaxSessionDuration: 3_600,
    AssumeRolePolicyDocument: document({
      Sid: 'TheAccountTakesOnTheRole',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${recipient}:root` },
      Action: 'sts:AssumeRole',
    }),
    Policies: [
      {
        PolicyName: 'reads-through-the-access-point',
        PolicyDocument: document(
          {
            Sid: 'ReadThroughTheAccessPoint',
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: `${probeAccessPointArn(region, owner)}/object/*`,
          },
          ...(name === 'bare-reader'
            ? []
            : [
                {
                  Sid: 'DecryptThroughS3',
                  Effect: 'Allow',
                  Action: ['kms:Decrypt', 'kms:DescribeKey'],
                  Resource: `arn:aws:kms:${region}:${owner}:key/*`,
                },
              ]),
          ...more,
        ),
      },
    ],
  });
}
