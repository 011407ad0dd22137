/** The kinds of resource that the stacks may hold. */

/**
 * CDK’s validator loads rules for the kinds of resource that it is asked about. It is made before there is a template, for
 * these; where a template has another, it is made once more.
 */
export const KINDS_OF_RESOURCE = [
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::StackSet',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::GuardDuty::MalwareProtectionPlan',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Organizations::Policy',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::StepFunctions::StateMachine',
] as const;
