/**
 * What the release gate needs: to read versions of deposits, to write its decision beside a clean verdict, and to report. And
 * the policies of what wakes it and has it go on.
 */

import {
  AGREEMENTS_PREFIX,
  alertsTopicArn,
  bucketArn,
  functionArn,
  type GATE_DEAD_LETTERS,
  GATE_QUEUE,
  gateMachineArn,
  gateQueueArn,
  RELEASE_GATE_FUNCTION,
  REPORTS_PREFIX,
  s3Service,
} from '../names';
import type { AccountId, Zone } from '../register';
import {
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type ResourceStatement,
  type TrustStatement,
} from './document';
import { fromItsOwnCode, writesItsOwnLog } from './lambda-policies';
import { ruleQueuePolicy } from './rule-queue-policy';
import { trustedByMachine } from './state-machine-trust';

/**
 * The gate’s permissions. What it may tag, the bucket’s policy settles, which is narrower: only beside a clean verdict, and once.
 * Without a right to list names S3 answers that a report that is not there is forbidden; the gate writes first, and reads only
 * what it then knows to be there.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function gatePermissions(
  zone: Zone,
  account: AccountId,
  keys: { readonly data: string; readonly alerts: string },
  inboxTopics: readonly string[] = [],
): PolicyDocument<IdentityStatement> {
  const bucket = bucketArn(zone, account);
  const deposits = `${bucket}/${AGREEMENTS_PREFIX}*`;
  const reports = `${bucket}/${REPORTS_PREFIX}`;
  const Condition = fromItsOwnCode(zone, account, RELEASE_GATE_FUNCTION);
  return policy(
    {
      // Lambda asks for messages itself, not from the function’s code.
      Sid: 'TakeVerdictsFromTheQueue',
      Effect: 'Allow',
      Action: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ],
      Resource: [gateQueueArn(zone, account, GATE_QUEUE)],
    },
    {
      Sid: 'ReadVersionsOfDeposits',
      Effect: 'Allow',
      Action: ['s3:GetObjectVersion', 's3:GetObjectVersionTagging'],
      Resource: [deposits],
      Condition,
    },
    {
      Sid: 'WriteTheDecisionBesideTheVerdict',
      Effect: 'Allow',
      Action: ['s3:PutObjectVersionTagging'],
      Resource: [deposits],
      Condition,
    },
    {
      Sid: 'LookForDepositsThatNoEventToldOf',
      Effect: 'Allow',
      Action: ['s3:ListBucketVersions'],
      Resource: [bucket],
      Condition: { ...Condition, StringLike: { 's3:prefix': `${AGREEMENTS_PREFIX}*` } },
    },
    {
      Sid: 'WriteReportsOnDeposits',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: [`${reports}*`],
      Condition,
    },
    {
      Sid: 'ReadItsOwnDecisions',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [`${reports}*/decided/*`],
      Condition,
    },
    {
      Sid: 'DecryptDepositsAndEncryptReportsThroughS3',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [keys.data],
      Condition: { StringEquals: { 'kms:ViaService': s3Service(zone) } },
    },
    {
      Sid: 'TellTheOwnerThatThereIsAReport',
      Effect: 'Allow',
      Action: ['sns:Publish'],
      Resource: [alertsTopicArn(zone, account)],
      Condition,
    },
    ...(inboxTopics.length === 0
      ? []
      : [
          {
            Sid: 'TellTeamsThatAMessageWaits',
            Effect: 'Allow',
            Action: ['sns:Publish'],
            Resource: inboxTopics,
            Condition,
          } as const,
        ]),
    {
      Sid: 'EncryptWhatItTellsThroughSns',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [keys.alerts],
      Condition: { StringEquals: { 'kms:ViaService': `sns.${zone.region}.amazonaws.com` } },
    },
    {
      Sid: 'HandOnWhatOneRunCannotEnd',
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [gateMachineArn(zone, account)],
      Condition,
    },
    writesItsOwnLog(zone, account, RELEASE_GATE_FUNCTION),
  );
}

/** The state machine calls the gate, and does nothing else. */
export function gateMachinePermissions(zone: Zone, account: AccountId): PolicyDocument<IdentityStatement> {
  return policy({
    Sid: 'CallTheReleaseGateAgain',
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction'],
    Resource: [functionArn(zone, account, RELEASE_GATE_FUNCTION)],
  });
}

/** Only Step Functions, and only for the one state machine, may take on its role. */
export function trustedByGateMachine(zone: Zone, account: AccountId): PolicyDocument<TrustStatement> {
  return trustedByMachine(
    'TheStateMachineOfTheReleaseGateTakesOnTheRole',
    account,
    gateMachineArn(zone, account),
  );
}

/** The queue of verdicts, and that of what failed: only the rule of verdicts adds to either, and only over TLS. */
export function gateQueuePolicy(
  zone: Zone,
  account: AccountId,
  name: typeof GATE_QUEUE | typeof GATE_DEAD_LETTERS,
): PolicyDocument<ResourceStatement> {
  const sid = name === GATE_QUEUE ? 'TheRuleTellsOfVerdicts' : 'TheRuleKeepsWhatItCouldNotTell';
  return ruleQueuePolicy(zone, account, { sid, queue: name, rule: GATE_QUEUE });
}
