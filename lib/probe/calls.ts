/** What each call of a probe asks of AWS: in which account, as whom, by which operations. Rights and the dry run follow from it. */
import { AGREEMENTS_PREFIX, probeAccessPointArn, probeBucket, probeName, probeRoleArn } from '../names';
import { PROBE_STACKS, type ProbeCall, type ProbeObject, type ProbeSide } from '../policy';
import type { Sandbox } from './sandbox';
import { FUNCTION_ALIAS } from './templates/function';

/** What the probe does besides its tests. */
export type HouseCall =
  | { readonly call: 'identify' | 'find-stacks'; readonly side: ProbeSide }
  | { readonly call: 'empty-bucket'; readonly bucket: ProbeBucket };

/** The buckets of a probe. */
export type ProbeBucket = 'shared' | 'logs';

/** Whose a bucket is. */
export const SIDE_OF_BUCKET: Readonly<Record<ProbeBucket, ProbeSide>> = {
  shared: 'owner',
  logs: 'recipient',
};

/** One operation of AWS. */
export interface Operation {
  /** As policies spell it: `s3:PutObject`. */
  readonly action: string;
  readonly resource: string;
  /** Whose credentials sign it: the profile’s, or those of a role of the probe, which has rights of its own. */
  readonly by: 'profile' | 'role';
}

/** A call with what it asks. */
export interface Asked {
  readonly side: ProbeSide;
  readonly operations: readonly Operation[];
}

/** The key of an object in the shared bucket. */
export function keyOf(object: ProbeObject): string {
  return `${AGREEMENTS_PREFIX}probe/${object}.txt`;
}

/** The region, and the account of a side, in an ARN. */
function inAccount(service: string, rest: string, side: ProbeSide, { region, accounts }: Sandbox): string {
  return `arn:aws:${service}:${region}:${accounts[side]}:${rest}`;
}

/** The objects of a bucket, and the bucket. */
export function arnOfBucket(bucket: ProbeBucket, { region, accounts }: Sandbox): string {
  return `arn:aws:s3:::${probeBucket(bucket, region, accounts[SIDE_OF_BUCKET[bucket]])}`;
}

/** What a call asks of AWS. */
export function askedBy(call: ProbeCall | HouseCall, sandbox: Sandbox): Asked {
  const { accounts, region } = sandbox;
  const of = (side: ProbeSide, resource: string, ...actions: readonly string[]): Asked => ({
    side,
    operations: actions.map((action) => ({ action, resource, by: 'profile' })),
  });
  const stack = (name: string, side: ProbeSide) =>
    inAccount('cloudformation', `stack/${probeName(name)}/*`, side, sandbox);
  const shared = arnOfBucket('shared', sandbox);
  const keys = (side: ProbeSide) => inAccount('kms', 'key/*', side, sandbox);
  switch (call.call) {
    case 'identify':
      return of(call.side, '*', 'sts:GetCallerIdentity');
    case 'find-stacks':
      return of(
        call.side,
        inAccount('cloudformation', `stack/${probeName('*')}/*`, call.side, sandbox),
        'cloudformation:DescribeStacks',
      );
    case 'make-stack': {
      const side = PROBE_STACKS[call.stack];
      return of(
        side,
        stack(call.stack, side),
        'cloudformation:CreateStack',
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackEvents',
        'cloudformation:TagResource',
      );
    }
    case 'remove-stack': {
      const side = PROBE_STACKS[call.stack];
      return of(
        side,
        stack(call.stack, side),
        'cloudformation:DeleteStack',
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackEvents',
      );
    }
    case 'set-access-point':
      return of(
        'owner',
        stack('owner', 'owner'),
        'cloudformation:UpdateStack',
        'cloudformation:DescribeStacks',
      );
    case 'put-object':
    case 'put-with-context': {
      const put = of('owner', `${shared}/${keyOf(call.object)}`, 's3:PutObject');
      return { ...put, operations: [...put.operations, throughS3('kms:GenerateDataKey', keys('owner'))] };
    }
    case 'tag-object':
      return of('owner', `${shared}/${keyOf(call.object)}`, 's3:PutObjectTagging');
    case 'get-verdict':
      return of('owner', `${shared}/${keyOf(call.object)}`, 's3:GetObjectTagging');
    case 'create-grant':
      return of('owner', keys('owner'), 'kms:CreateGrant');
    case 'revoke-grant':
      return of('owner', keys('owner'), 'kms:ListGrants', 'kms:RevokeGrant');
    case 'get-object':
      return {
        side: 'recipient',
        operations: [
          {
            action: 'sts:AssumeRole',
            resource: probeRoleArn(accounts.recipient, call.reader),
            by: 'profile',
          },
          {
            action: 's3:GetObject',
            resource: `${probeAccessPointArn(region, accounts.owner)}/object/${keyOf(call.object)}`,
            by: 'role',
          },
        ],
      };
    case 'invoke-function':
      return of(
        'owner',
        inAccount(
          'lambda',
          `function:${probeName('function')}${call.by === 'alias' ? `:${FUNCTION_ALIAS}` : ''}`,
          'owner',
          sandbox,
        ),
        'lambda:InvokeFunction',
      );
    case 'find-record': {
      const logs = arnOfBucket('logs', sandbox);
      const list = of('recipient', logs, 's3:ListBucket').operations;
      const get = of('recipient', `${logs}/AWSLogs/*`, 's3:GetObject').operations;
      return {
        side: 'recipient',
        operations: [...list, ...get, throughS3('kms:Decrypt', keys('recipient'))],
      };
    }
    case 'disable-key':
      return of('recipient', keys('recipient'), 'kms:DisableKey');
    case 'enable-key':
      return of('recipient', keys('recipient'), 'kms:EnableKey');
    case 'receive-event':
      return of(
        'recipient',
        inAccount('sqs', probeName('events'), 'recipient', sandbox),
        'sqs:ReceiveMessage',
      );
    case 'empty-bucket': {
      const bucket = arnOfBucket(call.bucket, sandbox);
      const side = SIDE_OF_BUCKET[call.bucket];
      return {
        side,
        operations: [
          ...of(side, bucket, 's3:ListBucketVersions').operations,
          ...of(
            side,
            `${bucket}/*`,
            's3:DeleteObject',
            's3:DeleteObjectVersion',
            // Log files are locked in governance mode.
            ...(call.bucket === 'logs' ? ['s3:BypassGovernanceRetention'] : []),
          ).operations,
        ],
      };
    }
  }
}

/** S3 asks KMS in the name of the caller. */
function throughS3(action: string, resource: string): Operation {
  return { action, resource, by: 'profile' };
}
