/** The policies of what tells an organisation’s security team that something is wrong. */

import {
  bootstrapRoleArn,
  type DEPOSITS_HELD,
  type FunctionName,
  RELEASE_GATE_FUNCTION,
  roleArn,
  type SECURITY_CHANGES,
  zoneTellsBy,
} from '../names';
import type { AccountId, Zone } from '../register';
import { accountRoot, type PolicyDocument, policy, type ResourceStatement } from './document';
import { logGroupArn } from './lambda-policies';
import { ruleQueuePolicy } from './rule-queue-policy';

/** What people of an account hear of by a rule and a queue of the same name. */
export type HeardEvents = typeof SECURITY_CHANGES | typeof DEPOSITS_HELD;

/** Only alarms of this account may publish, and only over TLS. */
export function alertTopicPolicy(
  zone: Zone,
  account: AccountId,
  topicArn: string,
): PolicyDocument<ResourceStatement> {
  return policy(
    {
      Sid: 'AlarmsOfThisAccountPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['sns:Publish'],
      Resource: topicArn,
      Condition: ofThisAccountsAlarms(zone, account),
    },
    {
      Sid: 'DenyPublishingWithoutTls',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sns:Publish'],
      Resource: topicArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  );
}

/** Nobody publishes but who may by permissions of its own in this account, which the release gate alone has; and only over TLS. */
export function inboxTopicPolicy(topicArn: string): PolicyDocument<ResourceStatement> {
  return policy({
    Sid: 'DenyPublishingWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: ['sns:Publish'],
    Resource: topicArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

/** The zone’s notifier alone publishes, whatever else its account lets anybody do, and only over TLS. */
export function noticesTopicPolicy(zone: Zone, topicArn: string): PolicyDocument<ResourceStatement> {
  return policy(
    {
      Sid: 'DenyPublishingToAllButTheNotifier',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sns:Publish'],
      Resource: topicArn,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': roleArn(zone.accounts.zone, 'notices') } },
    },
    ...inboxTopicPolicy(topicArn).Statement,
  );
}

/** What a rule has seen is kept in the queue of the same name; only that rule adds to it, and only over TLS. */
export function heardEventsQueuePolicy(
  zone: Zone,
  account: AccountId,
  name: HeardEvents,
): PolicyDocument<ResourceStatement> {
  return ruleQueuePolicy(zone, account, { sid: 'TheRuleKeepsWhatItSaw', queue: name, rule: name });
}

/**
 * The key of alerts and of the functions’ logs. It encrypts no shared data. Its account may administer it, and use it only
 * by way of SNS and CloudWatch Logs.
 */
export function alertKeyPolicy(
  zone: Zone,
  account: AccountId,
  functions: readonly FunctionName[],
): PolicyDocument<ResourceStatement> {
  const use = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;
  return policy(
    {
      Sid: 'AccountKeepsTheKeyOfAlerts',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: [
        'kms:CancelKeyDeletion',
        'kms:DescribeKey',
        'kms:EnableKey',
        'kms:EnableKeyRotation',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
        'kms:PutKeyPolicy',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateKeyDescription',
      ],
      Resource: '*',
    },
    // Without it no alarm could be published and no log written, so a deployment takes away only what it failed to make.
    {
      Sid: 'CloudFormationTakesBackAKeyWhoseStackFailed',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:ScheduleKeyDeletion'],
      Resource: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': bootstrapRoleArn('cfn-exec', account, zone) } },
    },
    {
      Sid: 'AlarmsOfThisAccountEncryptWhatTheyPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: use,
      Resource: '*',
      Condition: ofThisAccountsAlarms(zone, account),
    },
    ...(functions.includes(RELEASE_GATE_FUNCTION)
      ? [encryptsWhatItTells('ReleaseGateEncryptsWhatItTellsOfReports', 'release-gate', zone, account)]
      : []),
    ...(account === zone.accounts.zone && zoneTellsBy(zone) === 'sns'
      ? [encryptsWhatItTells('NotifierEncryptsWhatItTellsTeams', 'notices', zone, account)]
      : []),
    {
      Sid: 'LogsOfItsFunctionsAreEncrypted',
      Effect: 'Allow',
      Principal: { Service: `logs.${zone.region}.amazonaws.com` },
      // As CloudWatch Logs asks for them, less DescribeKey, which never has an encryption context:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      Action: [
        ...use,
        'kms:Encrypt',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      Resource: '*',
      Condition: {
        ArnEquals: {
          'kms:EncryptionContext:aws:logs:arn': functions.map((name) => logGroupArn(zone, account, name)),
        },
      },
    },
    {
      Sid: 'PeopleReadTheLogThroughCloudWatchLogs',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:Decrypt'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': `logs.${zone.region}.amazonaws.com` } },
    },
  );
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
function encryptsWhatItTells(
  Sid: string,
  by: 'release-gate' | 'notices',
  zone: Zone,
  account: AccountId,
): ResourceStatement {
  return {
    Sid,
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArn(account, by) },
      StringEquals: { 'kms:ViaService': `sns.${zone.region}.amazonaws.com` },
    },
  };
}

/** That CloudWatch comes for one of our own alarms in this account. */
export function ofThisAccountsAlarms(zone: Zone, account: AccountId) {
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${zone.region}:${account}:alarm:concordat-*` },
  };
}
