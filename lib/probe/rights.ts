/** The rights that a probe needs in each account: an example policy with what its calls ask for, and nothing more. */
import { PROBE, PROBE_PATH, PROBE_TAG, probeAccessPointArn, probeName, probeTrailArn } from '../names';
import { PROBE_STACKS, type ProbeSide } from '../policy';
import { askedBy, type HouseCall } from './calls';
import { inOrder, type ProbePlan } from './plan';
import type { Sandbox } from './sandbox';
import { templateOf } from './templates/templates';

/** A statement of the example policy. */
interface Right {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy document for an identity. */
export interface RightsPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Right[];
}

/** KMS names keys itself: the tag says which are the probe’s. */
const OF_THE_PROBE = { StringEquals: { [`aws:ResourceTag/${PROBE_TAG.Key}`]: PROBE_TAG.Value } };

/** The rights of one account’s profile. */
export function rightsOf(side: ProbeSide, plan: ProbePlan): RightsPolicy {
  const { sandbox } = plan;
  const types = new Set(
    plan.takeDown
      .filter(({ stack }) => PROBE_STACKS[stack] === side)
      .flatMap(({ stack }) => Object.values(templateOf(stack, sandbox).Resources).map(({ Type }) => Type)),
  );
  const all = [...callRights(side, plan), ...[...types].flatMap((type) => needsOf(type, side, sandbox))];
  return { Version: '2012-10-17', Statement: merged(all) };
}

/** What is asked of one resource. */
interface Asked {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly condition: Right['Condition'];
}

/** As few statements as say the same: a policy of an identity may not be long. */
function merged(all: readonly Asked[]): Right[] {
  const byResource = new Map<string, Omit<Asked, 'actions'> & { readonly actions: Set<string> }>();
  for (const { resource, actions, condition } of all) {
    const key = JSON.stringify([resource, condition]);
    const found = byResource.get(key) ?? { resource, condition, actions: new Set() };
    for (const each of actions) found.actions.add(each);
    byResource.set(key, found);
  }
  const byActions = new Map<string, Omit<Asked, 'resource'> & { readonly resources: string[] }>();
  for (const { resource, condition, actions: set } of byResource.values()) {
    const actions = [...set].sort();
    const key = JSON.stringify([actions, condition]);
    const found = byActions.get(key) ?? { actions, condition, resources: [] };
    found.resources.push(resource);
    byActions.set(key, found);
  }
  return [...byActions.values()].map(({ actions, condition, resources }, index) => ({
    Sid: `Right${index + 1}`,
    Effect: 'Allow',
    Action: actions,
    Resource: resources.length === 1 ? (resources[0] ?? '*') : resources.sort(),
    ...(condition !== undefined && { Condition: condition }),
  }));
}

/** What the calls ask for, by resource. */
function callRights(side: ProbeSide, plan: ProbePlan): Asked[] {
  const { first, setUp, tests, takeDown, sandbox } = plan;
  const house: HouseCall[] = takeDown.flatMap(({ bucket }) =>
    bucket === undefined ? [] : [{ call: 'empty-bucket', bucket }],
  );
  const calls = [
    ...first,
    ...setUp,
    ...inOrder(tests).map(({ step }) => step.call),
    ...takeDown.map(({ stack }) => ({ call: 'remove-stack', stack }) as const),
    ...house,
  ];
  return calls.flatMap((call) => {
    const asked = askedBy(call, sandbox);
    if (asked.side !== side) return [];
    return asked.operations.flatMap(({ action, resource, by }) => {
      const condition = resource.endsWith(':key/*') ? OF_THE_PROBE : undefined;
      return by === 'profile' ? [{ resource, actions: [action], condition }] : [];
    });
  });
}

type Needed = readonly [
  resource: string | readonly string[],
  actions: readonly string[],
  condition?: Right['Condition'],
];

/**
 * What CloudFormation asks for in the caller’s name to make and remove a kind of resource.
 * @throws RangeError if the kind is unknown here
 */
function needsOf(type: string, side: ProbeSide, sandbox: Sandbox): Asked[] {
  const needs = NEEDS[type];
  if (needs === undefined)
    throw new RangeError(`it is not known here what CloudFormation needs to make ${type}`);
  return needs(sandbox, side).flatMap(([resources, actions, condition]) =>
    [resources].flat().map((resource) => ({ resource, actions, condition })),
  );
}

const passedTo = (service: string) => ({ StringEquals: { 'iam:PassedToService': service } });

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
const NEEDS: Readonly<Record<string, (sandbox: Sandbox, side: ProbeSide) => readonly Needed[]>> = {
  'AWS::CloudTrail::Trail': ({ region, accounts }, side) => [
    [
      probeTrailArn(region, accounts[side], `${side}-trail`),
      [
        'cloudtrail:AddTags',
        'cloudtrail:CreateTrail',
        'cloudtrail:DeleteTrail',
        'cloudtrail:GetEventSelectors',
        'cloudtrail:GetTrail',
        'cloudtrail:GetTrailStatus',
        'cloudtrail:ListTags',
        'cloudtrail:PutEventSelectors',
        'cloudtrail:StartLogging',
        'cloudtrail:StopLogging',
      ],
    ],
    ['*', ['cloudtrail:DescribeTrails']],
  ],
  'AWS::Events::Rule': ({ region, accounts }, side) => [
    [
      `arn:aws:events:${region}:${accounts[side]}:rule/${probeName('events')}`,
      [
        'events:DeleteRule',
        'events:DescribeRule',
        'events:ListTagsForResource',
        'events:ListTargetsByRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
        'events:TagResource',
      ],
    ],
  ],
  'AWS::GuardDuty::MalwareProtectionPlan': ({ accounts }, side) => [
    [
      '*',
      [
        'guardduty:CreateMalwareProtectionPlan',
        'guardduty:DeleteMalwareProtectionPlan',
        'guardduty:GetMalwareProtectionPlan',
        'guardduty:TagResource',
      ],
    ],
    [roles(accounts[side]), ['iam:PassRole'], passedTo('malware-protection-plan.guardduty.amazonaws.com')],
  ],
  'AWS::IAM::Role': ({ accounts }, side) => [
    [
      roles(accounts[side]),
      [
        'iam:CreateRole',
        'iam:DeleteRole',
        'iam:DeleteRolePolicy',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:PutRolePolicy',
        'iam:TagRole',
      ],
    ],
  ],
  'AWS::KMS::Key': ({ region, accounts }, side) => [
    ['*', ['kms:CreateKey'], { StringEquals: { [`aws:RequestTag/${PROBE_TAG.Key}`]: PROBE_TAG.Value } }],
    [
      `arn:aws:kms:${region}:${accounts[side]}:key/*`,
      [
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
        'kms:PutKeyPolicy',
        'kms:ScheduleKeyDeletion',
        'kms:TagResource',
      ],
      OF_THE_PROBE,
    ],
  ],
  'AWS::Lambda::Function': ({ region, accounts }, side) => [
    [
      functionArn(region, accounts[side]),
      [
        'lambda:CreateFunction',
        'lambda:DeleteFunction',
        'lambda:GetFunction',
        'lambda:GetFunctionCodeSigningConfig',
        'lambda:GetFunctionRecursionConfig',
        'lambda:GetRuntimeManagementConfig',
        'lambda:TagResource',
      ],
    ],
    [roles(accounts[side]), ['iam:PassRole'], passedTo('lambda.amazonaws.com')],
  ],
  'AWS::Lambda::Alias': ({ region, accounts }, side) => [
    [
      [functionArn(region, accounts[side]), `${functionArn(region, accounts[side])}:*`],
      [
        'lambda:CreateAlias',
        'lambda:DeleteAlias',
        'lambda:GetAlias',
        'lambda:GetProvisionedConcurrencyConfig',
      ],
    ],
  ],
  'AWS::Lambda::Version': ({ region, accounts }, side) => [
    [
      [functionArn(region, accounts[side]), `${functionArn(region, accounts[side])}:*`],
      [
        'lambda:DeleteFunction',
        'lambda:GetFunction',
        'lambda:GetFunctionConfiguration',
        'lambda:GetFunctionScalingConfig',
        'lambda:GetProvisionedConcurrencyConfig',
        'lambda:GetRuntimeManagementConfig',
        'lambda:ListVersionsByFunction',
        'lambda:PublishVersion',
      ],
    ],
  ],
  'AWS::S3::AccessPoint': ({ region, accounts }) => [
    [
      probeAccessPointArn(region, accounts.owner),
      [
        's3:CreateAccessPoint',
        's3:DeleteAccessPoint',
        's3:DeleteAccessPointPolicy',
        's3:GetAccessPoint',
        's3:GetAccessPointPolicy',
        's3:GetAccessPointPolicyStatus',
        's3:ListTagsForResource',
        's3:PutAccessPointPolicy',
        's3:TagResource',
      ],
    ],
  ],
  'AWS::S3::Bucket': ({ region, accounts }, side) => [
    [
      buckets(region, accounts[side]),
      [
        's3:CreateBucket',
        's3:DeleteBucket',
        's3:Get*Configuration',
        's3:GetBucket*',
        's3:ListBucket',
        's3:ListTagsForResource',
        's3:PutBucketNotification',
        's3:PutBucketObjectLockConfiguration',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketTagging',
        's3:PutBucketVersioning',
        's3:PutEncryptionConfiguration',
        's3:TagResource',
      ],
    ],
  ],
  'AWS::S3::BucketPolicy': ({ region, accounts }, side) => [
    [buckets(region, accounts[side]), ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy']],
  ],
  'AWS::SQS::Queue': ({ region, accounts }, side) => [
    [
      queue(region, accounts[side]),
      [
        'sqs:CreateQueue',
        'sqs:DeleteQueue',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ListQueueTags',
        'sqs:SetQueueAttributes',
        'sqs:TagQueue',
      ],
    ],
  ],
  'AWS::SQS::QueuePolicy': ({ region, accounts }, side) => [
    [queue(region, accounts[side]), ['sqs:GetQueueAttributes', 'sqs:SetQueueAttributes']],
  ],
};

function functionArn(region: string, account: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${probeName('function')}`;
}

function roles(account: string): string {
  return `arn:aws:iam::${account}:role${PROBE_PATH}*`;
}

function buckets(region: string, account: string): string {
  return `arn:aws:s3:::${PROBE}-*-${account}-${region}-an`;
}

function queue(region: string, account: string): string {
  return `arn:aws:sqs:${region}:${account}:${probeName('events')}`;
}
