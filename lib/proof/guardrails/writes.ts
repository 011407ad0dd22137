/**
 * What changes each kind of thing that guardrails protect, by AWS’s service authorization reference: every action of it that
 * writes. A test holds these lists against the reference.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { of } from './promised';

/** Of functions, their aliases, layers, and versions of layers; calls are another matter. */
export const OF_FUNCTIONS = of(
  'lambda',
  `AddPermission CreateAlias CreateFunction CreateFunctionUrlConfig DeleteAlias DeleteFunction
  DeleteFunctionCodeSigningConfig DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig DeleteFunctionUrlConfig
  DeleteProvisionedConcurrencyConfig DeleteResourcePolicy DisableReplication EnableReplication PublishVersion
  PutFunctionCodeSigningConfig PutFunctionConcurrency PutFunctionEventInvokeConfig PutFunctionRecursionConfig
  PutFunctionScalingConfig PutProvisionedConcurrencyConfig PutResourcePolicy PutRuntimeManagementConfig RemovePermission
  TagResource UntagResource UpdateAlias UpdateFunctionCode UpdateFunctionCodeSigningConfig UpdateFunctionConfiguration
  UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig`,
);
export const OF_LAYERS = of(
  'lambda',
  'AddLayerVersionPermission DeleteLayerVersion PublishLayerVersion RemoveLayerVersionPermission',
);
export const CALLS = of('lambda', 'InvokeAsync InvokeFunction InvokeFunctionUrl');
export const FEEDS = of(
  'lambda',
  'CreateEventSourceMapping DeleteEventSourceMapping UpdateEventSourceMapping',
);
export const OF_ALARMS = of(
  'cloudwatch',
  `DeleteAlarms DisableAlarmActions PutAlarmMuteRule PutCompositeAlarm PutLogAlarm PutMetricAlarm SetAlarmState TagResource
  UntagResource`,
);
export const OF_RULES = of(
  'events',
  'DeleteRule DisableRule PutRule PutTargets RemoveTargets TagResource UntagResource',
);
export const OF_LOG_GROUPS = of(
  'logs',
  `AssociateKmsKey CreateExportTask CreateLogAnomalyDetector CreateLogGroup DeleteDataProtectionPolicy DeleteLogGroup
  DeleteLogStream DeleteMetricFilter DeleteRetentionPolicy DeleteSubscriptionFilter DeleteSyslogConfiguration DeleteTransformer
  DisassociateKmsKey IntegrateWithDataset IntegrateWithS3Table ProcessWithPipeline PutBearerTokenAuthentication
  PutDataProtectionPolicy PutLogGroupDeletionProtection PutMetricFilter PutRetentionPolicy PutSubscriptionFilter
  PutSyslogConfiguration PutTransformer TagLogGroup TagResource UntagLogGroup UntagResource`,
);
export const LINES_OF_LOGS = of('logs', 'CreateLogStream PutLogEvents');
export const OF_TOPICS = of(
  'sns',
  `AddPermission CreateTopic DeleteTopic PutDataProtectionPolicy RemovePermission SetSubscriptionAttributes
  SetTopicAttributes TagResource Unsubscribe UntagResource`,
);
export const OF_QUEUES = of(
  'sqs',
  'AddPermission CreateQueue DeleteQueue PurgeQueue RemovePermission SetQueueAttributes TagQueue UntagQueue',
);
export const TAKES_MESSAGES = of('sqs', 'ChangeMessageVisibility DeleteMessage ReceiveMessage');
export const OF_MACHINES = of(
  'states',
  `CreateStateMachine CreateStateMachineAlias DeleteStateMachine DeleteStateMachineAlias DeleteStateMachineVersion
  PublishStateMachineVersion TagResource UntagResource UpdateStateMachine UpdateStateMachineAlias`,
);
export const OF_EXECUTIONS = of('states', 'RedriveExecution StopExecution');
export const OF_TABLES = of(
  'dynamodb',
  `AssociateTableReplica CreateBackup CreateGlobalTable CreateGlobalTableWitness CreateTable CreateTableReplica DeleteBackup
  DeleteGlobalTableWitness DeleteResourcePolicy DeleteTable DeleteTableReplica DisableKinesisStreamingDestination
  EnableKinesisStreamingDestination ExportTableToPointInTime ImportTable PutResourcePolicy ReplicateSettings
  RestoreTableFromAwsBackup RestoreTableFromBackup RestoreTableToPointInTime StartAwsBackupJob TagResource UntagResource
  UpdateContinuousBackups UpdateContributorInsights UpdateGlobalTable UpdateGlobalTableSettings UpdateGlobalTableVersion
  UpdateKinesisStreamingDestination UpdateTable UpdateTableReplicaAutoScaling UpdateTimeToLive WriteDataForReplication`,
);
export const ITEMS = of(
  'dynamodb',
  'BatchWriteItem DeleteItem PartiQLDelete PartiQLInsert PartiQLUpdate PutItem UpdateItem',
);
export const RECORDS_OF_STOPS = of(
  'ssm',
  `DeleteParameter DeleteParameters DeleteResourcePolicy LabelParameterVersion PutParameter PutResourcePolicy
  UnlabelParameterVersion`,
);
/** But for policies of its own, and for passing it on. */
export const OF_ROLES = of(
  'iam',
  `AttachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DetachRolePolicy
  PutRolePermissionsBoundary TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription`,
);
export const OF_POLICIES = of(
  'iam',
  `CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion SetDefaultPolicyVersion TagPolicy UntagPolicy`,
);
/** What changes a provider of OpenID Connect that is there. */
export const OF_OPENID_PROVIDERS = of(
  'iam',
  `AddClientIDToOpenIDConnectProvider DeleteOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider
  UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint`,
);
export const OF_PROVIDERS = of(
  'iam',
  `AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider CreateSAMLProvider DeleteOpenIDConnectProvider
  DeleteSAMLProvider RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint UpdateSAMLProvider`,
);
export const OF_STACKS = of(
  'cloudformation',
  `CancelUpdateStack ContinueUpdateRollback CreateChangeSet CreateStack CreateStackRefactor DeleteChangeSet DeleteStack
  ExecuteChangeSet ExecuteStackRefactor RecordHandlerProgress RollbackStack SetStackPolicy SignalResource TagResource
  UntagResource UpdateStack UpdateTerminationProtection`,
);
/** But for whom a bucket tells, and for the block of public access. */
export const OF_BUCKETS = of(
  's3',
  `CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket DeleteBucketMetadataTableConfiguration
  DeleteBucketPolicy DeleteBucketWebsite PauseReplication PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS
  PutBucketLogging PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketRequestPayment
  PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration
  PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration TagResource UntagResource
  UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration
  UpdateBucketMetadataJournalTableConfiguration`,
);
export const OF_OBJECTS = of(
  's3',
  `AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging PutObject PutObjectAcl
  PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging RestoreObject`,
);
/** What no part of the landing zone does to an object. */
export const ALTERS_OBJECTS = of(
  's3',
  `BypassGovernanceRetention DeleteObjectAnnotation DeleteObjectVersionAnnotation InitiateReplication
  ObjectOwnerOverrideToBucketOwner PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectVersionAnnotation
  ReplicateDelete ReplicateObject ReplicateObjectAnnotation ReplicateTags UpdateObjectEncryption`,
);
export const OF_ACCESS_POINTS = of(
  's3',
  'CreateAccessPoint DeleteAccessPoint DeleteAccessPointPolicy TagResource UntagResource',
);
export const OF_KEYS = of(
  'kms',
  'DisableKeyRotation EnableKeyRotation PutKeyPolicy TagResource UntagResource UpdateKeyDescription',
);
export const ENDS_OF_KEYS = of('kms', 'DisableKey RevokeGrant ScheduleKeyDeletion');
export const OF_ALIASES = of('kms', 'CreateAlias DeleteAlias UpdateAlias');
/** What copies data to another Region, or serves it from edge locations. */
export const COPIES = [
  ...of('dynamodb', 'CreateGlobalTable CreateTableReplica UpdateGlobalTable'),
  'ecr:PutReplicationConfiguration',
  ...of('kms', 'ReplicateKey UpdatePrimaryRegion'),
  ...of(
    's3',
    `CreateMultiRegionAccessPoint PutAccelerateConfiguration PutMultiRegionAccessPointPolicy PutReplicationConfiguration
    SubmitMultiRegionAccessPointRoutes`,
  ),
  'secretsmanager:ReplicateSecretToRegions',
];
/** What turns off, narrows or hides the record of what is done in an account. */
export const AGAINST_THE_RECORD = [
  ...of(
    'access-analyzer',
    `ApplyArchiveRule CreateArchiveRule DeleteAnalyzer DeleteServiceLinkedAnalyzer UpdateAnalyzer UpdateArchiveRule`,
  ),
  ...of(
    'cloudtrail',
    'DeleteTrail PutEventConfiguration PutEventSelectors PutInsightSelectors StopLogging UpdateTrail',
  ),
  ...of(
    'config',
    `DeleteConfigRule DeleteConfigurationRecorder DeleteDeliveryChannel DeleteEvaluationResults
    DeleteServiceLinkedConfigurationRecorder DisassociateResourceTypes PutConfigRule PutConfigurationRecorder PutDeliveryChannel
    PutRetentionConfiguration StopConfigurationRecorder`,
  ),
  ...of(
    'guardduty',
    `CreateFilter CreateIPSet CreateTrustedEntitySet DeleteDetector DeleteMalwareProtectionPlan DeleteMembers
    DeletePublishingDestination DisassociateFromAdministratorAccount DisassociateFromMasterAccount DisassociateMembers
    StopMonitoringMembers UpdateDetector UpdateFilter UpdateIPSet UpdateMalwareProtectionPlan UpdateMemberDetectors
    UpdatePublishingDestination UpdateTrustedEntitySet`,
  ),
];
