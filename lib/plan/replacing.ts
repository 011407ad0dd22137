/**
 * Which properties of the kinds of resource that are deployed here make another resource of it when they change: a table that
 * a test holds to CloudFormation’s own schemas, as the CDK has them.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */

/** By kind, each property that does. @internal The tests hold it to the schemas. */
export const REPLACING: Readonly<Record<string, readonly string[]>> = {
  'AWS::AccessAnalyzer::Analyzer': ['Type', 'AnalyzerName'],
  'AWS::CloudFormation::CustomResource': ['ServiceToken'],
  'AWS::CloudFormation::StackSet': ['StackSetName', 'PermissionModel'],
  'AWS::CloudTrail::Trail': ['TrailName'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::DynamoDB::Table': ['ImportSourceSpecification', 'TableName', 'KeySchema'],
  'AWS::Events::Rule': ['EventBusName', 'Name'],
  'AWS::GuardDuty::MalwareProtectionPlan': [],
  'AWS::IAM::OIDCProvider': ['Url'],
  'AWS::IAM::Role': ['Path', 'RoleName'],
  'AWS::KMS::Alias': ['AliasName'],
  'AWS::KMS::Key': [],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::Lambda::EventSourceMapping': [
    'StartingPosition',
    'SelfManagedEventSource',
    'EventSourceArn',
    'SelfManagedKafkaEventSourceConfig',
    'AmazonManagedKafkaEventSourceConfig',
    'StartingPositionTimestamp',
  ],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType', 'TenancyConfig'],
  'AWS::Lambda::LayerVersion': [
    'CompatibleRuntimes',
    'LicenseInfo',
    'Description',
    'LayerName',
    'Content',
    'CompatibleArchitectures',
  ],
  'AWS::Lambda::Permission': [
    'FunctionName',
    'Action',
    'EventSourceToken',
    'FunctionUrlAuthType',
    'SourceArn',
    'SourceAccount',
    'PrincipalOrgID',
    'Principal',
    'InvokedViaFunctionUrl',
  ],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Organizations::Policy': ['Type'],
  'AWS::S3::AccessPoint': ['Bucket', 'BucketAccountId', 'VpcConfiguration', 'Name'],
  'AWS::S3::Bucket': ['BucketName', 'ObjectLockEnabled', 'BucketNamespace', 'BucketNamePrefix'],
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'],
  'AWS::SNS::TopicPolicy': [],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SQS::QueuePolicy': [],
  'AWS::SSM::Parameter': ['Name'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
};

/** Those of a kind. One that is not known is taken to be replaced by nothing: if CloudFormation says otherwise, its stack stops. */
export function replacingOf(type: string): readonly string[] {
  return REPLACING[type] ?? [];
}
