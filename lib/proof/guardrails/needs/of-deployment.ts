/** What a deployment itself needs in an account: its steps on each kind of thing, and the roles that are taken on for it. */
import type { CallerInput } from '../../../iam';
import { takenOn } from '../taken-on';
import type { Asking, Need } from './asking';

/** A deployment’s own steps on each kind of thing, by those who are spared for them. */
export function deploymentSteps(asking: Asking, account: string): Need[] {
  const { things } = asking;
  const { region } = asking.register.zone;
  const cfn = asking.deploying(account);
  const deploy = asking.role(account, `cdk-concordat-deploy-role-${account}-${region}`);
  const publish = asking.role(account, `cdk-concordat-file-publishing-role-${account}-${region}`);
  const stackSets = asking.role(account, 'stacksets-exec-0123456789abcdef0123456789abcdef');
  const each = (caller: CallerInput, actions: string, resources: readonly string[]) =>
    resources.flatMap((resource) => asking.ask(caller, account, actions, resource));
  return [
    ...each(
      cfn,
      'lambda:CreateFunction lambda:UpdateFunctionCode lambda:InvokeFunction lambda:AddPermission',
      things.functions(account),
    ),
    ...each(cfn, 'lambda:PublishLayerVersion', things.layers(account)),
    ...each(cfn, 'cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms', things.alarms(account)),
    ...each(cfn, 'events:PutRule events:PutTargets events:DeleteRule', things.rules(account)),
    ...each(cfn, 'logs:CreateLogGroup logs:PutRetentionPolicy', things.logGroups(account)),
    ...each(cfn, 'sns:CreateTopic sns:SetTopicAttributes', things.topics(account)),
    ...each(cfn, 'sqs:CreateQueue sqs:SetQueueAttributes', things.queues(account)),
    ...each(
      cfn,
      'states:CreateStateMachine states:UpdateStateMachine states:DeleteStateMachine',
      things.machines(account),
    ),
    ...each(cfn, 'dynamodb:CreateTable dynamodb:UpdateTable', things.tables(account)),
    ...each(
      cfn,
      's3:CreateBucket s3:PutBucketPolicy s3:PutBucketNotification s3:PutBucketPublicAccessBlock s3:PutLifecycleConfiguration',
      things.buckets(account),
    ),
    ...each(
      cfn,
      's3:CreateAccessPoint s3:PutAccessPointPolicy s3:DeleteAccessPoint',
      things.accessPoints(account),
    ),
    ...each(cfn, 'iam:CreateRole iam:PutRolePolicy iam:DeleteRole iam:PassRole', things.ownRoles(account)),
    ...each(cfn, 'kms:CreateAlias kms:UpdateAlias', things.aliases(account)),
    ...each(cfn, 'kms:PutKeyPolicy kms:TagResource kms:EnableKeyRotation', things.keys(account)),
    ...each(
      deploy,
      'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet cloudformation:UpdateStack',
      things.stacks(account),
    ),
    ...each(deploy, 'iam:PassRole', [
      `arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-${region}`,
    ]),
    ...each(publish, 's3:PutObject', [`${things.assets(account)}/x.zip`]),
    ...each(stackSets, 'iam:CreateRole iam:PutRolePolicy', things.bootstrapRoles(account).slice(0, 4)),
    ...each(stackSets, 'iam:CreatePolicy iam:CreatePolicyVersion', things.boundaries(account)),
    ...each(stackSets, 'cloudformation:UpdateStack', things.baselineStacks(account)),
    ...each(stackSets, 's3:CreateBucket s3:PutBucketPolicy', [
      things.assets(account),
      things.configBucket(account),
    ]),
    ...each(stackSets, 'config:PutConfigurationRecorder config:PutConfigRule', ['*']),
  ];
}

/** Everybody who takes on roles of each account’s bootstrap. */
export function rolesTakenOn(asking: Asking, account: string): Need[] {
  return takenOn(asking.register.zone, account).flatMap(({ by, role, ofDeployers }) =>
    asking
      .ask({ type: 'role', arn: by, session: 'session' }, account, 'sts:AssumeRole', role)
      .map((each): Need => ({ ...each, ...(ofDeployers && { ofDeployers }) })),
  );
}
