/**
 * The kinds of defects that people seeded by hand in a review of the proof, in our own words, and for each the mutants that stand
 * for it: where each is, and what it changes, as patterns over the mutants that are made by rule.
 */

/** A kind, with the mutants that show it: of each pair, the first that fits. */
export type KindOfDefect = readonly [
  kind: string,
  ...mutants: readonly (readonly [place: RegExp, what: RegExp])[],
];

const inFife = (id: string) => new RegExp(`^Organisation-fife/${id}`);
const inZone = (id: string) => new RegExp(`^Zone/${id}`);
const guardrail = (id: string) => new RegExp(`^Guardrails\\S*/Policies${id}`);
const baseline = (id: string) => new RegExp(`^Baseline/BaselineStackSet\\w+/${id}$`);

/** What CloudFormation does with a template. */
const TEMPLATES: readonly KindOfDefect[] = [
  [
    'a condition keeps what is needed from being made',
    [inFife('ExchangePolicy'), /made on a condition that never holds/],
    [inFife('MalwareProtectionPlan'), /made on a condition that never holds/],
    [/^Trail\/\w*Trail\w*$/, /made on a condition that never holds/],
    [guardrail('Perimeter'), /made on a condition that never holds/],
  ],
  [
    'a macro or an include rewrites what was checked',
    [/^Organisation-fife\.template/, /rewritten by a macro/],
    [/^Organisation-fife\.template/, /with an include/],
    [inFife('ExchangeBucket'), /rewritten by an include/],
  ],
  [
    'an assembly in the assembly brings stacks that nobody reads',
    [/^manifest\.json$/, /with a nested assembly/],
  ],
  [
    'what an agreement needs is not made any more',
    [inFife('CollectRole'), /gone$/],
    [/^manifest\.json$/, /without the stack Organisation-leeds$/],
  ],
  ['a record is deleted with its stack', [inZone('LedgerBucket'), /DeletionPolicy: Delete/]],
];

/** Types of resources of which it was said that they give nobody anything. */
const RESOURCES: readonly KindOfDefect[] = [
  [
    'somebody else’s service calls a function',
    [/^Organisation-fife\.template/, /AWS::Lambda::Permission put in/],
    [inFife('KeyGrantsBrokerHourlyMayCall'), /SourceArn/],
  ],
  [
    'a second StackSet makes roles in every account',
    [/^Baseline\.template/, /AWS::CloudFormation::StackSet put in/],
  ],
  ['the name of a key goes', [inZone('LogArchiveKeyAlias'), /gone$/]],
  [
    'an access point has no policy',
    [inFife('ExchangePolicy'), /gone$/],
    [/^Organisation-dwp\/Share\w+$/, /Policy: left out/],
  ],
];

/** What roles may do elsewhere. */
const ROLES: readonly KindOfDefect[] = [
  [
    'a role changes the code or the settings of a function',
    [inFife('CollectRole'), /UpdateFunctionConfiguration on/],
  ],
  ['a role calls a function', [inFife('ReceiptsRole'), /InvokeFunction on/]],
  [
    'a role makes or removes access points',
    [inFife('CollectRole'), /s3:CreateAccessPoint/],
    [inFife('KeyGrantsBrokerRole'), /s3:DeleteAccessPoint/],
  ],
  ['a role changes a stack', [inFife('CollectRole'), /cloudformation:ExecuteChangeSet/]],
  [
    'a role silences what watches',
    [inFife('StopRole'), /events:RemoveTargets/],
    [inFife('StopRole'), /cloudwatch:SetAlarmState/],
  ],
  ['a role is given everything', [inFife('ReceiptsRole'), /also \*$/]],
  [
    'a role lacks what it is there for',
    [inFife('KeyGrantsBrokerRole'), /without s3:PutAccessPointPolicy/],
    [inZone('TransferAuditRole'), /without sqs:ReceiveMessage/],
  ],
  ['a role of AWS’s own policies', [inFife('CollectRole'), /AdministratorAccess/]],
  [
    'an identity provider vouches for anybody',
    [inFife('CollectRole'), /for whoever an identity provider vouches for/],
  ],
];

/** Settings of buckets, queues, topics and keys. */
const SETTINGS: readonly KindOfDefect[] = [
  [
    'a bucket lists what it holds to a stranger',
    [inFife('ExchangeBucket'), /InventoryConfigurations/],
    [inFife('ExchangeBucket'), /AnalyticsConfigurations/],
  ],
  [
    'a bucket tells nobody, or somebody else',
    [inFife('ExchangeBucket'), /NotificationConfiguration\S*: (?:left out|emptied)/],
  ],
  [
    'a bucket forgets early',
    [inFife('ExchangeBucket'), /LifecycleConfiguration\S*Days: [01]$/],
    [inZone('LedgerBucket'), /LifecycleConfiguration/],
  ],
  [
    'alarms can tell nobody',
    [inFife('SecurityAlertsTopicPolicy'), /AlarmsOfThisAccountPublish: dropped/],
    [inFife('SecurityAlertsKey'), /AlarmsOfThisAccount\w+: dropped/],
  ],
  ['a neighbour takes what is for the audit', [inZone('LogArchiveQueuePolicy'), /also a neighbour/]],
  ['a queue refuses what it is to be told', [inZone('LogArchiveQueuePolicy'), /aws:SourceAccount: .* for/]],
  ['a queue keeps nothing for long', [inZone('LogArchiveQueueB'), /MessageRetentionPeriod: (?:0|1)$/]],
  [
    'whoever makes an access point reads',
    [inFife('ExchangePolicy'), /OwnAccessPointsDecideWhoReads: without conditions/],
  ],
  [
    'a key spares another AWS organisation',
    [/^Organisation-dwp\/EncryptionKey/, /aws:PrincipalOrgID: one more value/],
  ],
  [
    'a value from elsewhere',
    [inFife('ExchangeBucket'), /: from elsewhere/],
    [inFife('ExchangeBucket'), /: from another stack/],
  ],
  ['a text that only looks like a reference', [inFife('\\w+'), /text that only looks like a reference/]],
];

/** Functions. */
const FUNCTIONS: readonly KindOfDefect[] = [
  [
    'other code',
    [inFife('KeyGrantsBrokerFunction'), /index\.mjs changed/],
    [inZone('TransferAuditFunction'), /^with asset/],
  ],
  [
    'other variables',
    [inFife('KeyGrantsBrokerFunction'), /Environment\.Variables: with a member that nobody knows/],
    [inZone('TransferAuditFunction'), /Environment\.Variables\.STAGING_TABLE/],
  ],
  [
    'it never runs',
    [inZone('TransferAuditFunction'), /ReservedConcurrentExecutions: 0$/],
    [inZone('LedgerSealSealerEachMinute2'), /State.*DISABLED|ScheduleExpression: rate\(365 days\)/],
    [inZone('TransferAuditSweepMayCall'), /gone$/],
  ],
  ['it is not told, or drops what it is told', [inZone('TransferAuditLogFiles'), /FilterCriteria/]],
  [
    'it ends too soon, or starts nowhere',
    [inFife('KeyGrantsBrokerFunction'), /Timeout: 1$/],
    [inFife('KeyGrantsBrokerFunction'), /Handler: /],
    [inFife('KeyGrantsBrokerFunction'), /Layers: emptied/],
  ],
  [
    'nobody calls it at a deployment',
    [inFife('KeyGrantsC'), /gone$/],
    [inFife('KeyGrantsC'), /ServiceToken/],
  ],
];

/** Order, metadata and keys, of which nothing was asked. */
const FURTHER: readonly KindOfDefect[] = [
  [
    'something is made before what it tells, or what it needs, is there',
    [inFife('MalwareProtectionPlan'), /waiting for nothing/],
    [inFife('KeyGrantsC'), /waiting for what is not there/],
    [inZone('SecurityChangesRule'), /waiting for nothing/],
  ],
  ['somebody else ends grants', [inFife('EncryptionKey'), /ending grants for a neighbour/]],
  [
    'the end of a name comes from elsewhere',
    [inFife('ExchangePolicy'), /with an end from elsewhere/],
    [inFife('CollectRole'), /with an end from elsewhere/],
    [inZone('LedgerPolicy'), /with an end from elsewhere/],
  ],
];

/** The trail and alarms. */
const WATCH: readonly KindOfDefect[] = [
  [
    'an alarm goes',
    [inZone('Alarmconcordatauditviolations'), /gone$/],
    [inFife('KeyGrantsAlarmconcordatgrantssilent'), /gone$/],
  ],
  [
    'an alarm never rings',
    [inZone('Alarmconcordatauditviolations'), /Threshold: \d+00$/],
    [inZone('Alarmconcordatlogstrailstopped'), /TreatMissingData: (?:ignore|missing)/],
    [inFife('SecurityChangesAlarmconcordatsecuritychanges2'), /ComparisonOperator: LessThan/],
    [inFife('SecurityChangesAlarmconcordatsecuritychanges2'), /Namespace: /],
  ],
  ['a queue refuses the rule that watches', [inFife('SecurityChangesQueuePolicy'), /dropped$/]],
];

/** Guardrails and the baseline. */
const ABOVE: readonly KindOfDefect[] = [
  ['a statement of a guardrail goes', [guardrail('Data'), /: dropped$/]],
  ['a guardrail spares more', [guardrail('Functions'), /aws:PrincipalArn: one more value/]],
  ['a guardrail is attached nowhere', [guardrail('Data'), /TargetIds: emptied/]],
  ['a guardrail takes one thing less', [guardrail('Accountability'), /: without \w+:\w+$/]],
  ['a guardrail is turned round', [guardrail('Perimeter'), /Effect|: swapped$/]],
  [
    'what blocks public access goes',
    [guardrail('BlockPublicAccess'), /gone$/],
    [guardrail('BlockPublicAccess'), /s3_attributes\S*: (?:emptied|left out)/],
  ],
  ['all guardrails of a stack go', [/^manifest\.json$/, /without the stack Guardrails$/]],
  [
    'somebody else deploys',
    [baseline('DeployRole'), /aws:PrincipalArn: dropped/],
    [baseline('DeployRole'), /without conditions/],
  ],
  [
    'CloudFormation works without a cap',
    [baseline('ExecutionRole'), /PermissionsBoundary: left out/],
    [baseline('ExecutionRole'), /AdministratorAccess/],
  ],
  [
    'a cap leaves more',
    [baseline('Boundary'), /^DenyRolesOtherThanTheLandingZones: dropped/],
    [baseline('MemberRolesBoundary'), /^CallBrokerAndGate\w*: also \*$/],
  ],
  [
    'something beside a policy',
    [baseline('\\w*Role'), /Policies\.0: with a member that nobody knows/],
    [inFife('\\w*Role\\w*'), /Policies\.0: with a member that nobody knows/],
  ],
  ['a role more in every account', [/^Baseline\/BaselineStackSet\w+$/, /with a AWS::IAM::Role put in/]],
  [
    'somebody else supplies the code',
    [baseline('StagingBucketPolicy'), /: a stranger alone$/],
    [baseline('StagingBucket'), /PublicAccessBlockConfiguration: left out/],
  ],
  [
    'the record of every account is narrower',
    [baseline('ConfigRecorder'), /ResourceTypes: without member/],
    [/^Access-analyzer\/\w+$/, /gone$/],
  ],
  ['new accounts get nothing', [/^Baseline\/BaselineStackSet\w+$/, /AutoDeployment\.Enabled: false/]],
];

/** All of them. */
export const KINDS: readonly KindOfDefect[] = [
  ...TEMPLATES,
  ...RESOURCES,
  ...ROLES,
  ...SETTINGS,
  ...FUNCTIONS,
  ...FURTHER,
  ...WATCH,
  ...ABOVE,
];
