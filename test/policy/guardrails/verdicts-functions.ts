/** What administrators may still do to functions, tables, and what wakes and watches them, and why. */
import { LEEDS, ZONE } from './asking';
import { ADDS, ELSEWHERE, type Protected, RESTORES, TAGS } from './protected';
import { THE_ACCOUNT } from './reference';

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const inZone = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${ZONE}:${rest}`;

/** Functions, tables, and what wakes and watches them. */
export const FUNCTION_VERDICTS: readonly Protected[] = [
  {
    kind: ['lambda', 'function'],
    who: 'administrator',
    resource: at('lambda', 'function:concordat-grant-broker'),
    let: {},
  },
  {
    kind: ['lambda', 'function version'],
    who: 'administrator',
    resource: at('lambda', 'function:concordat-grant-broker:1'),
    let: {},
  },
  {
    kind: ['lambda', 'function alias'],
    who: 'administrator',
    resource: at('lambda', 'function:concordat-grant-broker:live'),
    let: {},
  },
  {
    kind: ['lambda', 'layer'],
    who: 'administrator',
    resource: at('lambda', 'layer:concordat-grant-broker-file'),
    let: {},
  },
  {
    kind: ['lambda', 'layerVersion'],
    who: 'administrator',
    resource: at('lambda', 'layer:concordat-grant-broker-file:1'),
    let: {},
  },
  {
    kind: ['lambda', 'eventSourceMapping'],
    who: 'operator',
    resource: inZone('lambda', 'event-source-mapping:0123abcd'),
    context: { 'lambda:FunctionArn': inZone('lambda', 'function:concordat-transfer-audit') },
    let: { '*agResource': TAGS },
  },
  {
    kind: ['lambda', THE_ACCOUNT],
    who: 'operator',
    resource: '*',
    context: { 'lambda:FunctionArn': inZone('lambda', 'function:concordat-transfer-audit') },
    let: {
      '*Microvm*': ELSEWHERE,
      CreateCodeSigningConfig: 'a configuration binds no function until it is put on one, which is denied',
      PassNetworkConnector: ELSEWHERE,
    },
  },
  {
    kind: ['cloudwatch', 'alarm'],
    who: 'administrator',
    resource: at('cloudwatch', 'alarm:concordat-grants-unexpected'),
    let: { EnableAlarmActions: RESTORES },
  },
  {
    kind: ['cloudwatch', 'dataset'],
    who: 'administrator',
    resource: '*',
    context: { 'cloudwatch:namespace': 'Concordat/KeyGrants' },
    let: {
      '*PipelineRule': ELSEWHERE,
      '*agResource': TAGS,
      PutMetricAlarm: 'denied on the alarm, which AWS asks as well',
    },
  },
  {
    kind: ['cloudwatch', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*AnomalyDetector': 'no alarm here goes by an anomaly',
      '*Access*': ELSEWHERE,
      '*Domain*': ELSEWHERE,
      '*Integration': ELSEWHERE,
      '*OTelEnrichment': ELSEWHERE,
      '*Omni*': ELSEWHERE,
      '*Telemetry*': 'asks about metrics and logs, and changes none',
      CallWithBearerToken: ELSEWHERE,
      CreateAlert: ADDS,
      CreateIngestionEndpoint: ELSEWHERE,
      CreateOneTimeDeepLinkCode: ELSEWHERE,
      CreateServiceLevelObjective: ADDS,
      CreateSpace: ELSEWHERE,
      CreateView: ELSEWHERE,
      EnableTopologyDiscovery: ELSEWHERE,
      Link: 'shows metrics to another account, and changes none',
      PutIntelligenceConfiguration: ELSEWHERE,
      PutManagedInsightRules: ADDS,
      QueryTraces: 'asks about traces, and changes none',
      SearchPrincipals: ELSEWHERE,
      SubmitFeedback: ELSEWHERE,
      UpdatePreferences: 'is about how a console looks',
    },
  },
  {
    kind: ['events', 'rule-on-default-event-bus'],
    who: 'administrator',
    resource: at('events', 'rule/Organisation-leeds-Hourly'),
    let: { EnableRule: RESTORES },
  },
  {
    kind: ['events', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*Permission': 'our rules hear AWS’s own events, which no other account can send',
      PutPartnerEvents: ELSEWHERE,
    },
  },
  {
    kind: ['logs', 'log-group'],
    who: 'administrator',
    resource: at('logs', 'log-group:/aws/lambda/concordat-grant-broker'),
    let: {},
  },
  {
    kind: ['logs', 'log-stream'],
    who: 'administrator',
    resource: at('logs', 'log-group:/aws/lambda/concordat-grant-broker:log-stream:x'),
    let: {},
  },
  {
    kind: ['logs', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*ImportTask': 'brings in logs of before, into groups of their own',
      '*IndexPolicy': 'makes searches faster, and changes no line',
      '*Integration': 'is denied on the log group, which AWS asks as well',
      '*LogDelivery': 'is about the logs of other services',
      '*PipelineRule': 'a pipeline works on a log group by an action on it, which is denied',
      '*QueryDefinition': 'keeps a question',
      '*ResourcePolicy': 'lets services of AWS add lines; none that is there goes',
      CallWithBearerToken: 'is denied on the log group, which AWS asks as well',
      CancelExportTask: 'ends a copy',
      DeleteAccountPolicy: 'takes away what would alter logs',
      Link: 'shows logs to another account, and changes none',
      PutStorageTierPolicy: 'is about the price of what is kept',
    },
  },
  {
    kind: ['sns', 'topic'],
    who: 'administrator',
    resource: at('sns', 'concordat-security-alerts'),
    let: { ConfirmSubscription: ADDS, Publish: ADDS, Subscribe: ADDS },
  },
  {
    kind: ['sns', THE_ACCOUNT],
    who: 'administrator',
    resource: '*',
    let: {
      '*Endpoint*': ELSEWHERE,
      '*PhoneNumber': ELSEWHERE,
      '*PlatformApplication*': ELSEWHERE,
      SetSMSAttributes: ELSEWHERE,
    },
  },
  {
    kind: ['sqs', 'queue'],
    who: 'administrator',
    resource: at('sqs', 'concordat-security-changes'),
    let: {
      '*MessageMoveTask': 'what could not be worked on is tried again',
      ChangeMessageVisibility: 'whoever works on the notices of changes takes them out one by one',
      DeleteMessage: 'whoever works on the notices of changes takes them out one by one',
      SendMessage: ADDS,
    },
  },
  {
    kind: ['sqs', 'queue'],
    who: 'operator',
    resource: inZone('sqs', 'concordat-log-files'),
    let: {
      '*MessageMoveTask': 'what could not be read is tried again',
      SendMessage: 'a false notice names no file that CloudTrail did not write',
    },
  },
  {
    kind: ['dynamodb', 'table'],
    who: 'operator',
    resource: inZone('dynamodb', 'table/concordat-staging'),
    let: {},
  },
  {
    kind: ['dynamodb', 'index'],
    who: 'operator',
    resource: inZone('dynamodb', 'table/concordat-staging/index/unsealed'),
    let: {},
  },
  {
    kind: ['dynamodb', 'stream'],
    who: 'operator',
    resource: inZone('dynamodb', 'table/concordat-staging/stream/x'),
    let: {},
  },
  {
    kind: ['dynamodb', 'backup'],
    who: 'operator',
    resource: inZone('dynamodb', 'table/concordat-staging/backup/x'),
    let: {},
  },
  {
    kind: ['ssm', 'parameter'],
    who: 'administrator',
    resource: at('ssm', 'parameter/concordat/stops/2027-04-01T00.00.00.000Z-1'),
    let: { AddTagsToResource: TAGS, RemoveTagsFromResource: TAGS },
  },
  {
    kind: ['dynamodb', THE_ACCOUNT],
    who: 'operator',
    resource: '*',
    let: {
      InjectError: 'plays an outage, as any outage may come: nothing is lost by one',
      PurchaseReservedCapacityOfferings: 'is about the price',
      UpdateAbacStatus: TAGS,
    },
  },
];
