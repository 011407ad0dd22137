/**
 * That a guardrail which is gone, weaker or turned round is a finding of the proof; that one which keeps its promises in other
 * words is none; and that the proof says where guardrails hold now and with all of them attached.
 */
import { worldOf } from '../../lib/assembly';
import { guardrailsProof } from '../../lib/proof/guardrails/guardrails';
import { guardrailLines, standLines } from '../../lib/proof/guardrails/in-words';
import * as writes from '../../lib/proof/guardrails/writes';
import { writesOf } from '../policy/guardrails/reference';
import { changed, type Json, sample } from './world';

type Statement = Record<string, unknown>;
interface Guardrail {
  Name: string;
  TargetIds?: string[];
  Content: { Statement: Statement[]; s3_attributes?: unknown };
}

/** The first lines of what is found once one policy is changed. */
function found(stack: string, name: string, change: (policy: Guardrail) => void): string[] {
  const edited = changed(stack, (resources) => {
    const one = Object.values<Json>(resources).find(({ Properties }) => Properties.Name === name);
    if (one === undefined) throw new Error(`there is no ${name}`);
    change(one.Properties as unknown as Guardrail);
  });
  return guardrailsProof(worldOf(edited)).findings.map((each) => guardrailLines(each)[0] ?? '');
}

const statement = ({ Content }: Guardrail, sid: string): Statement => {
  const one = Content.Statement.find(({ Sid }) => Sid === sid);
  if (one === undefined) throw new Error(`there is no ${sid}`);
  return one;
};
const without = (list: unknown, ...gone: string[]) =>
  (list as string[]).filter((each) => !gone.includes(each));
const exempt = (one: Statement, arn: string) => {
  const { ArnNotLike } = one.Condition as { ArnNotLike: Record<string, string | string[]> };
  ArnNotLike['aws:PrincipalArn'] = [ArnNotLike['aws:PrincipalArn'] ?? [], arn].flat();
};

it('keeps every promise on the sample, and says where', () => {
  const { findings, stand } = guardrailsProof(worldOf(sample()));
  expect(findings.map((each) => guardrailLines(each).join('\n'))).toEqual([]);
  if (stand === undefined) throw new Error('there are no guardrails');
  expect(stand.all.kept).toBe(stand.all.promises);
  expect(stand.now.map(({ unit, kept, promises }) => [unit, kept === promises, kept === 0])).toEqual([
    ['ou-abcd-canary00', true, false],
    ...['members0', 'zone0000', 'cloudhsm', 'external', 'imported'].map((each) => [
      `ou-abcd-${each}`,
      false,
      true,
    ]),
    ['100000000003', false, true],
  ]);
  const [now, all] = standLines(stand);
  expect(now).toMatch(
    /^As the accounts stand now, at stage canary, guardrails hold in full in ou-abcd-canary00, and hold nothing in /,
  );
  expect(all).toMatch(/^With all guardrails attached, (\d+) of \1 promises/);
});

it.each<[string, string, string, (policy: Guardrail) => void, RegExp]>([
  [
    'one service works anywhere',
    'Guardrails',
    'concordat-residency',
    (policy) => {
      const one = statement(policy, 'DenyOtherRegionsButForGlobalServices');
      one.NotAction = [...(one.NotAction as string[]), 'athena:*'];
    },
    /can work outside the zone’s Region$/,
  ],
  [
    'a Region of its own is let be',
    'Guardrails',
    'concordat-residency',
    (policy) => {
      statement(policy, 'DenyOtherRegionsButForGlobalServices').Condition = {
        StringNotEquals: { 'aws:RequestedRegion': ['eu-west-2', 'eu-west-1'] },
      };
    },
    /can work outside the zone’s Region$/,
  ],
  [
    'roles of one path change functions',
    'Guardrails',
    'concordat-functions',
    (policy) => exempt(statement(policy, 'DenyChangingFunctions'), 'arn:aws:iam::*:role/it/*'),
    /role\/it\/concordat-fresh can change functions of the landing zone/,
  ],
  [
    'one function is left out',
    'Guardrails',
    'concordat-functions',
    (policy) => {
      statement(policy, 'DenyChangingFunctions').Resource = [
        'arn:aws:lambda:*:*:function:concordat-grant-broker*',
        'arn:aws:lambda:*:*:layer:concordat-*',
      ];
    },
    /can change functions of the landing zone/,
  ],
  [
    'whoever carries a tag stops alarms',
    'Guardrails',
    'concordat-functions',
    (policy) => {
      const one = statement(policy, 'DenyChangingWhatWakesAndWatchesFunctions');
      one.Condition = {
        ...(one.Condition as object),
        StringNotEquals: { 'aws:PrincipalTag/on-call': 'yes' },
      };
    },
    /can change what wakes and watches functions/,
  ],
  [
    'one sister of deleting a policy is forgotten',
    'Guardrails',
    'concordat-accountability',
    (policy) => {
      const one = statement(policy, 'DenyChangingRolesOfTheLandingZone');
      one.Action = without(one.Action, 'iam:UpdateAssumeRolePolicy');
    },
    /can change roles of the landing zone$/,
  ],
  [
    'the record may be stopped',
    'Guardrails',
    'concordat-accountability',
    ({ Content }) => {
      Content.Statement = Content.Statement.filter(({ Sid }) => Sid !== 'DenyTurningOffTheRecord');
    },
    /can turn off, narrow or hide the record/,
  ],
  [
    'administrators of one account make access points',
    'Guardrails',
    'concordat-data',
    (policy) =>
      exempt(
        statement(policy, 'DenyMakingAndRemovingAccessPoints'),
        'arn:aws:iam::100000000031:role/administrator',
      ),
    /100000000031:role\/administrator can make or remove access points/,
  ],
  [
    'keys end within a week',
    'Guardrails',
    'concordat-data',
    (policy) => {
      statement(policy, 'DenyDeletingKeysInLessThanThirtyDays').Condition = {
        NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '8' },
      };
    },
    /can end a key in under 30 days$/,
  ],
  [
    'keys of another origin hold shared data',
    'Guardrails',
    'concordat-custody-imported',
    ({ Content }) => {
      Content.Statement = Content.Statement.slice(0, 1);
    },
    /can deposit under a key of another origin/,
  ],
  [
    'a role of one name makes grants, wherever it is',
    'Guardrails',
    'concordat-perimeter',
    (policy) =>
      exempt(statement(policy, 'DenyGrantsByAllButServicesAndTheBroker'), 'arn:aws:iam::*:role/OrgAdmin'),
    /role\/OrgAdmin can make grants on keys that are for no AWS service$/,
  ],
  [
    'the perimeter is turned round',
    'Guardrails',
    'concordat-perimeter',
    (policy) => {
      const one = statement(policy, 'DenySharedDataToAllButTheOrganisationAndDeclaredExternals');
      const { StringNotEquals, ...others } = one.Condition as Record<string, unknown>;
      one.Condition = { ...others, StringEquals: StringNotEquals };
    },
    /can reach buckets and keys from outside the AWS organisation$|which the landing zone needs$/,
  ],
  [
    'a member is excepted, and so stays in when it has left',
    'Guardrails',
    'concordat-perimeter',
    (policy) => {
      const one = statement(policy, 'DenySharedDataToAllButTheOrganisationAndDeclaredExternals');
      const { StringNotEquals } = one.Condition as { StringNotEquals: Record<string, unknown> };
      const now = [StringNotEquals['aws:PrincipalAccount'] ?? []].flat();
      StringNotEquals['aws:PrincipalAccount'] = [...now, '100000000031'];
    },
    /100000000031:role\/concordat-fresh can reach buckets and keys from outside/,
  ],
  [
    'another AWS organisation is let in to tables',
    'Guardrails-services',
    'concordat-perimeter-services',
    (policy) => {
      const one = statement(policy, 'DenyTablesEventsAndLogsToAllButTheOrganisation');
      const { StringNotEquals } = one.Condition as { StringNotEquals: Record<string, unknown> };
      StringNotEquals['aws:PrincipalOrgID'] = ['o-example0000', 'o-partner0000'];
    },
    /can reach tables, events or logs from outside/,
  ],
  [
    'the block of public access is left to accounts',
    'Guardrails-s3',
    'concordat-block-public-access',
    ({ Content }) => {
      Content.s3_attributes = { public_access_block_configuration: { '@@assign': 'none' } };
    },
    /can leave the block of public access off/,
  ],
  [
    'an external recipient is shut out',
    'Guardrails',
    'concordat-perimeter',
    (policy) => {
      const one = statement(policy, 'DenySharedDataToAllButTheOrganisationAndDeclaredExternals');
      delete (one.Condition as { StringNotEquals: Record<string, unknown> }).StringNotEquals[
        'aws:PrincipalAccount'
      ];
    },
    /concordat-collect cannot do s3:GetObject, which the landing zone needs$/,
  ],
  [
    'the deployment is held too',
    'Guardrails',
    'concordat-functions',
    (policy) => {
      delete statement(policy, 'DenyChangingFunctions').Condition;
    },
    /cfn-exec-role.* cannot do lambda:UpdateFunctionCode, which the landing zone needs$/,
  ],
])('finds that %s', (_what, stack, name, change, says) => {
  expect(found(stack, name, change)).toContainEqual(expect.stringMatching(says));
});

it('takes other words for the same', () => {
  const reworded = found('Guardrails', 'concordat-functions', ({ Content }) => {
    Content.Statement = Content.Statement.reverse().flatMap(({ Sid: _, ...each }) => {
      const { Resource } = each;
      // One statement for each thing says what one for all says.
      return Array.isArray(Resource) ? Resource.map((one: unknown) => ({ ...each, Resource: one })) : [each];
    });
  });
  expect(reworded).toEqual([]);
});

describe('what changes a thing is what AWS lists', () => {
  it.each<[string, string, readonly string[], RegExp]>([
    ['lambda', 'function', [...writes.OF_FUNCTIONS, ...writes.CALLS], /^$/],
    ['lambda', 'layer', writes.OF_LAYERS, /^$/],
    ['lambda', 'layerVersion', writes.OF_LAYERS, /^$/],
    ['cloudwatch', 'alarm', writes.OF_ALARMS, /^EnableAlarmActions$/],
    ['events', 'rule-on-default-event-bus', writes.OF_RULES, /^EnableRule$/],
    ['logs', 'log-group', writes.OF_LOG_GROUPS, /^$/],
    ['logs', 'log-stream', [...writes.OF_LOG_GROUPS, ...writes.LINES_OF_LOGS], /^$/],
    ['sns', 'topic', writes.OF_TOPICS, /^(?:ConfirmSubscription|Publish|Subscribe)$/],
    ['sqs', 'queue', [...writes.OF_QUEUES, ...writes.TAKES_MESSAGES], /MessageMoveTask$|^SendMessage$/],
    ['dynamodb', 'table', [...writes.OF_TABLES, ...writes.ITEMS], /^$/],
    ['ssm', 'parameter', writes.RECORDS_OF_STOPS, /TagsToResource$|TagsFromResource$/],
    ['iam', 'role', [...writes.OF_ROLES, 'iam:PutRolePolicy', 'iam:PassRole'], /ServiceLinkedRole$/],
    ['iam', 'policy', writes.OF_POLICIES, /^$/],
    ['cloudformation', 'stack', writes.OF_STACKS, /^$/],
    [
      's3',
      'bucket',
      [...writes.OF_BUCKETS, ...writes.COPIES],
      /^(?:PutBucketNotification|PutBucketPublicAccessBlock)$/,
    ],
    ['s3', 'object', [...writes.OF_OBJECTS, ...writes.ALTERS_OBJECTS], /^$/],
    ['s3', 'accesspoint', writes.OF_ACCESS_POINTS, /^PutAccessPointPolicy$/],
    ['kms', 'alias', writes.OF_ALIASES, /^$/],
  ])('%s %s', async (service, kind, listed, besides) => {
    const all = (await writesOf(service)).get(kind) ?? [];
    const left = all.filter((each) => !listed.includes(each)).map((each) => each.split(':')[1] ?? '');
    expect(left.filter((each) => !besides.test(each))).toEqual([]);
  });
});
