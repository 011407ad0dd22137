/** Settings that AWS has and that no template of ours uses, by the types of resources: each would change what happens. */
import { STRANGER } from '../json-statement';

type Settings = Readonly<Record<string, unknown>>;

const NOWHERE: Settings = {};

function settings(neighbour: string): Readonly<Record<string, Settings>> {
  const strangersBucket = 'arn:aws:s3:::concordat-fresh';
  return {
    'AWS::S3::Bucket': {
      AccessControl: 'PublicRead',
      AccelerateConfiguration: { AccelerationStatus: 'Enabled' },
      AnalyticsConfigurations: [
        {
          Id: 'x',
          StorageClassAnalysis: {
            DataExport: {
              Destination: { BucketArn: strangersBucket, Format: 'CSV' },
              OutputSchemaVersion: 'V_1',
            },
          },
        },
      ],
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] },
      IntelligentTieringConfigurations: [{ Id: 'x', Status: 'Enabled', Tierings: [] }],
      InventoryConfigurations: [
        {
          Id: 'x',
          Enabled: true,
          IncludedObjectVersions: 'All',
          ScheduleFrequency: 'Daily',
          Destination: { BucketArn: strangersBucket, Format: 'CSV' },
        },
      ],
      LifecycleConfiguration: { Rules: [{ Id: 'x', Status: 'Enabled', ExpirationInDays: 1 }] },
      LoggingConfiguration: { DestinationBucketName: 'concordat-fresh' },
      MetadataTableConfiguration: {
        S3TablesDestination: { TableBucketArn: strangersBucket, TableName: 'x' },
      },
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${neighbour}:role/x`,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: strangersBucket } }],
      },
      WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'concordat-fresh.example' } },
    },
    'AWS::S3::AccessPoint': { BucketAccountId: neighbour, VpcConfiguration: { VpcId: 'vpc-0' } },
    'AWS::IAM::Role': { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    'AWS::KMS::Key': { BypassPolicyLockoutSafetyCheck: true, Enabled: false, MultiRegion: true },
    'AWS::Lambda::Function': {
      CodeSigningConfigArn: `arn:aws:lambda:eu-west-2:${STRANGER}:code-signing-config:csc-0`,
      DeadLetterConfig: { TargetArn: `arn:aws:sqs:eu-west-2:${neighbour}:x` },
      FileSystemConfigs: [
        { Arn: 'arn:aws:elasticfilesystem:eu-west-2:1:access-point/x', LocalMountPath: '/mnt/x' },
      ],
      KmsKeyArn: `arn:aws:kms:eu-west-2:${STRANGER}:key/00000000-0000-4000-8000-000000000000`,
      Layers: [`arn:aws:lambda:eu-west-2:${STRANGER}:layer:x:1`],
      ReservedConcurrentExecutions: 0,
      RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual' },
      TracingConfig: { Mode: 'Active' },
      VpcConfig: { SubnetIds: ['subnet-0'], SecurityGroupIds: ['sg-0'] },
    },
    'AWS::Lambda::LayerVersion': { CompatibleRuntimes: ['python3.13'], CompatibleArchitectures: ['x86_64'] },
    'AWS::Lambda::Permission': {
      FunctionUrlAuthType: 'NONE',
      PrincipalOrgID: 'o-elsewhere99',
      SourceAccount: neighbour,
      EventSourceToken: 'x',
    },
    'AWS::Lambda::Alias': {
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.5 }] },
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
    },
    'AWS::Lambda::EventSourceMapping': {
      Enabled: false,
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"never":["x"]}}' }] },
      MaximumBatchingWindowInSeconds: 300,
      KmsKeyArn: `arn:aws:kms:eu-west-2:${STRANGER}:key/00000000-0000-4000-8000-000000000000`,
    },
    'AWS::Events::Rule': {
      EventBusName: 'concordat-fresh',
      RoleArn: `arn:aws:iam::${neighbour}:role/x`,
      EventPattern: { source: ['concordat.fresh'] },
      ScheduleExpression: 'rate(1 day)',
    },
    'AWS::CloudWatch::Alarm': {
      ActionsEnabled: false,
      DatapointsToAlarm: 24,
      EvaluateLowSampleCountPercentile: 'ignore',
      ExtendedStatistic: 'p1',
      InsufficientDataActions: [`arn:aws:sns:eu-west-2:${STRANGER}:x`],
      OKActions: [`arn:aws:sns:eu-west-2:${STRANGER}:x`],
      ThresholdMetricId: 'x',
      Unit: 'Terabits/Second',
    },
    'AWS::SNS::Topic': {
      ArchivePolicy: { MessageRetentionPeriod: 30 },
      DataProtectionPolicy: { Name: 'x', Statement: [] },
      DeliveryStatusLogging: [
        { Protocol: 'sqs', SuccessFeedbackRoleArn: `arn:aws:iam::${neighbour}:role/x` },
      ],
      FifoTopic: true,
      TracingConfig: 'Active',
    },
    'AWS::SQS::Queue': {
      DelaySeconds: 900,
      FifoQueue: true,
      KmsMasterKeyId: `arn:aws:kms:eu-west-2:${STRANGER}:key/00000000-0000-4000-8000-000000000000`,
      MaximumMessageSize: 1024,
      RedrivePolicy: { deadLetterTargetArn: `arn:aws:sqs:eu-west-2:${neighbour}:x`, maxReceiveCount: 1 },
    },
    'AWS::DynamoDB::Table': {
      KinesisStreamSpecification: { StreamArn: `arn:aws:kinesis:eu-west-2:${STRANGER}:stream/x` },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      ImportSourceSpecification: { S3BucketSource: { S3Bucket: 'concordat-fresh' } },
      TimeToLiveSpecification: { AttributeName: 'eventTime', Enabled: true },
    },
    'AWS::Logs::LogGroup': {
      DataProtectionPolicy: { Name: 'x', Statement: [] },
      LogGroupClass: 'DELIVERY',
      FieldIndexPolicies: [{ Fields: ['x'] }],
    },
    'AWS::CloudTrail::Trail': {
      CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-2:${STRANGER}:log-group:x:*`,
      EventSelectors: [{ IncludeManagementEvents: false }],
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }],
      S3KeyPrefix: 'elsewhere',
      SnsTopicName: 'x',
    },
    'AWS::AccessAnalyzer::Analyzer': {
      ArchiveRules: [{ RuleName: 'all', Filter: [{ Property: 'resource', Exists: 'true' }] }],
    },
    'AWS::CloudFormation::StackSet': {
      AdministrationRoleARN: `arn:aws:iam::${STRANGER}:role/x`,
      CallAs: 'DELEGATED_ADMIN',
      ExecutionRoleName: 'x',
      Parameters: [{ ParameterKey: 'x', ParameterValue: 'x' }],
      TemplateURL: 'https://concordat-fresh.s3.amazonaws.com/x.json',
    },
    'AWS::CloudFormation::CustomResource': { ConcordatFresh: 'x' },
    'AWS::Organizations::Policy': { TargetIds: ['ou-fresh-00000000'] },
    'AWS::GuardDuty::MalwareProtectionPlan': NOWHERE,
    'AWS::KMS::Alias': NOWHERE,
    'AWS::S3::BucketPolicy': NOWHERE,
    'AWS::SNS::TopicPolicy': NOWHERE,
    'AWS::SQS::QueuePolicy': NOWHERE,
    'AWS::CloudWatch::Dashboard': NOWHERE,
  };
}

/** Settings that a resource of a type could have besides; none of a type that is not known here. */
export function further(type: string, neighbour: string): [name: string, value: unknown][] {
  return Object.entries(settings(neighbour)[type] ?? NOWHERE);
}
