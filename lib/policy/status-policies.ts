/**
 * Who may look at what each account runs, and at no more: a role beside the engine’s table, and in each account one that only it
 * takes on. What CloudFormation needs to look for drift, it may read through CloudFormation alone.
 */
import { anyBootstrapRole, roleArn, rolloutTableArn } from '../names';
import type { Rollout, Zone } from '../register';
import { executionNeeds } from './bootstrap-execution';
import { inThisAccount } from './bootstrap-need';
import {
  accountRoot,
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type TrustStatement,
} from './document';

/** What is read of the engine’s table: not the tokens with which a wait for approval is ended. */
export const STATUS_ATTRIBUTES = [
  'stack',
  'account',
  'order',
  'at',
  'standing',
  'runs',
  'found',
  'why',
  'before',
  'after',
] as const;

const READS = /^[a-z0-9-]+:(?:Describe|Get|List)/;
/** They show what is in a bucket, and what an asset holds; drift is of neither. */
const DATA: ReadonlySet<string> = new Set(['s3:GetObject', 's3:ListBucket', 'lambda:GetLayerVersion']);
const THROUGH_CLOUD_FORMATION = {
  'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
} as const;

/** Those whom the register declares. */
export function trustedByWatchers({ account, watchedBy = [] }: Rollout): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'DeclaredWatchersTakeOnTheRole',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['sts:AssumeRole'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': watchedBy } },
  });
}

/**
 * The role beside the table: it reads the lines of stacks, and takes on the role in each account.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function statusPermissions(
  zone: Zone,
  rollout: Rollout,
  keyArn: string,
): PolicyDocument<IdentityStatement> {
  return policy(
    {
      Sid: 'ReadWhatStacksStandAt',
      Effect: 'Allow',
      Action: ['dynamodb:Scan'],
      Resource: [rolloutTableArn(zone, rollout.account)],
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...STATUS_ATTRIBUTES] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        Null: { 'dynamodb:Attributes': 'false' },
      },
    },
    {
      Sid: 'UseTheEnginesKeyThroughTheTable',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [keyArn],
      Condition: { StringEquals: { 'kms:ViaService': `dynamodb.${zone.region}.amazonaws.com` } },
    },
    {
      Sid: 'LookInAccountsThatTrustIt',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [anyBootstrapRole('status')],
      Condition: { StringEquals: { 'aws:ResourceOrgID': zone.awsOrganizationId } },
    },
  );
}

/** In each account: the one role beside the table. */
export function trustedByStatus({ account }: Rollout): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'WhoeverReadsTheTableTakesOnTheRole',
    Effect: 'Allow',
    Principal: { AWS: [`arn:aws:iam::${account}:root`] },
    Action: ['sts:AssumeRole'],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': [roleArn(account, 'rollout-status')] },
      Null: { 'sts:ExternalId': 'true' },
    },
  });
}

/**
 * What it may do there: see the landing zone’s stacks and alarms, and have CloudFormation look for drift. For that CloudFormation
 * asks as whoever asked it; so the settings that it reads are allowed through it alone.
 * @param types the kinds of resource that are deployed
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export function watchPermissions(zone: Zone, types: Iterable<string>): PolicyDocument<IdentityStatement> {
  const stacks = ['Organisation-*', 'Zone'].map((name) =>
    inThisAccount(zone, 'cloudformation', `stack/${name}/*`),
  );
  return policy(
    {
      Sid: 'SeeStacksAndLookForDrift',
      Effect: 'Allow',
      Action: [
        'cloudformation:DescribeStackResourceDrifts',
        'cloudformation:DescribeStacks',
        'cloudformation:DetectStackDrift',
        'cloudformation:DetectStackResourceDrift',
        'cloudformation:GetTemplate',
      ],
      Resource: stacks,
    },
    {
      // AWS offers these for whole accounts only.
      Sid: 'SeeWhatHasNoNameBeforehand',
      Effect: 'Allow',
      Action: [
        'cloudformation:BatchDescribeTypeConfigurations',
        'cloudformation:DescribeStackDriftDetectionStatus',
        'cloudformation:ListStacks',
        'cloudwatch:DescribeAlarms',
      ],
      Resource: ['*'],
    },
    ...readsOf(zone, types),
  );
}

/** Two statements, since what a StackSet holds is short: an action of one service is of no use on what is of another. */
function readsOf(zone: Zone, types: Iterable<string>): IdentityStatement[] {
  const needs = executionNeeds(zone);
  const all = [...new Set(types)].flatMap((type) =>
    (needs[type] ?? []).flatMap(({ actions, resources, condition }) => {
      const reads = actions.filter((each) => READS.test(each) && !DATA.has(each));
      return reads.length === 0 || condition !== undefined ? [] : [{ reads, resources }];
    }),
  );
  const isNamed = ({ resources }: (typeof all)[number]) => !resources.includes('*');
  return [
    ['ReadSettingsThroughCloudFormation', all.filter(isNamed)] as const,
    ['ReadTheRestThroughCloudFormation', all.filter((each) => !isNamed(each))] as const,
  ].flatMap(([Sid, of]): IdentityStatement[] =>
    of.length === 0
      ? []
      : [
          {
            Sid,
            Effect: 'Allow',
            Action: [...new Set(of.flatMap(({ reads }) => reads))].sort(),
            Resource: [...new Set(of.flatMap(({ resources }) => resources))].sort(),
            Condition: THROUGH_CLOUD_FORMATION,
          },
        ],
  );
}
