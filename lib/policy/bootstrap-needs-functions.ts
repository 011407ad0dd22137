/** What CloudFormation needs to make roles and functions, what wakes them, and what watches them. */

import { THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import {
  inThisAccount,
  type Needs,
  need,
  OWN_BOUNDARIES,
  OWN_ROLES,
  PROVIDERS,
  passOwnRolesTo,
  readAssets,
} from './bootstrap-need';

/** The needs, by type of resource. */
export function needsOfFunctions(zone: Zone): Needs {
  const here = (service: string, rest: string) => inThisAccount(zone, service, rest);
  const functions = [here('lambda', 'function:concordat-*')];
  const layers = [here('lambda', 'layer:concordat-*')];
  const topics = [here('sns', 'concordat-*')];
  const queues = [here('sqs', 'concordat-*')];
  return {
    // A custom resource is a call of the function behind it.
    'AWS::CloudFormation::CustomResource': [need(functions, 'lambda:InvokeFunction')],
    'AWS::CloudWatch::Alarm': [
      need(
        [here('cloudwatch', 'alarm:concordat-*')],
        'cloudwatch:DeleteAlarms',
        'cloudwatch:ListTagsForResource',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ),
      need(['*'], 'cloudwatch:DescribeAlarms'),
    ],
    'AWS::CloudWatch::Dashboard': [
      need(
        [`arn:aws:cloudwatch::${THIS_ACCOUNT}:dashboard/concordat-*`],
        'cloudwatch:DeleteDashboards',
        'cloudwatch:GetDashboard',
        'cloudwatch:PutDashboard',
      ),
    ],
    'AWS::Events::Rule': [
      need(
        [
          here('events', 'rule/concordat-*'),
          here('events', 'rule/Organisation-*'),
          here('events', 'rule/Zone-*'),
        ],
        'events:DeleteRule',
        'events:DescribeRule',
        'events:ListTagsForResource',
        'events:ListTargetsByRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
        'events:TagResource',
        'events:UntagResource',
      ),
    ],
    'AWS::GuardDuty::MalwareProtectionPlan': [
      need(
        ['*'],
        'guardduty:CreateMalwareProtectionPlan',
        'guardduty:DeleteMalwareProtectionPlan',
        'guardduty:GetMalwareProtectionPlan',
        'guardduty:ListMalwareProtectionPlans',
        'guardduty:TagResource',
        'guardduty:UntagResource',
        'guardduty:UpdateMalwareProtectionPlan',
      ),
      passOwnRolesTo('malware-protection-plan.guardduty.amazonaws.com'),
    ],
    // There is no room here to say which; own-providers.ts holds it to those with the tag of an organisation’s stack.
    'AWS::IAM::OIDCProvider': [need(PROVIDERS, 'iam:*OpenIDConnectProvider*')],
    'AWS::IAM::Role': [
      need(
        [OWN_ROLES],
        'iam:DeleteRole',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ),
      {
        // A role without the boundary, or with another, is neither made nor changed.
        actions: [
          'iam:CreateRole',
          'iam:DeleteRolePolicy',
          'iam:PutRolePermissionsBoundary',
          'iam:PutRolePolicy',
          'iam:UpdateAssumeRolePolicy',
        ],
        resources: [OWN_ROLES],
        condition: { ArnEquals: { 'iam:PermissionsBoundary': OWN_BOUNDARIES } },
      },
    ],
    'AWS::Lambda::EventSourceMapping': [
      need(
        ['*'],
        'lambda:CreateEventSourceMapping',
        'lambda:DeleteEventSourceMapping',
        'lambda:GetEventSourceMapping',
        'lambda:ListTags',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:UpdateEventSourceMapping',
      ),
    ],
    'AWS::Lambda::Alias': [
      // The pattern of functions runs on to their aliases.
      need(functions, 'lambda:CreateAlias', 'lambda:DeleteAlias', 'lambda:GetAlias', 'lambda:UpdateAlias'),
    ],
    'AWS::Lambda::Function': [
      need(
        functions,
        'lambda:CreateFunction',
        'lambda:DeleteFunction',
        'lambda:Get*',
        'lambda:ListTags',
        'lambda:PutFunctionConcurrency',
        'lambda:DeleteFunctionConcurrency',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
      ),
      need(layers, 'lambda:GetLayerVersion'),
      readAssets(zone),
      passOwnRolesTo('lambda.amazonaws.com'),
    ],
    'AWS::Lambda::LayerVersion': [
      // The pattern runs on to their versions.
      need(layers, 'lambda:DeleteLayerVersion', 'lambda:GetLayerVersion', 'lambda:PublishLayerVersion'),
      readAssets(zone),
    ],
    'AWS::Lambda::Permission': [
      need(functions, 'lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'),
    ],
    'AWS::Logs::LogGroup': [
      need(
        [here('logs', 'log-group:/aws/lambda/concordat-*')],
        'logs:AssociateKmsKey',
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:DisassociateKmsKey',
        'logs:GetDataProtectionPolicy',
        'logs:ListTagsForResource',
        'logs:PutRetentionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
      ),
      need(['*'], 'logs:DescribeIndexPolicies', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'),
    ],
    'AWS::SNS::Topic': [
      need(
        topics,
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:GetDataProtectionPolicy',
        'sns:GetTopicAttributes',
        'sns:ListSubscriptionsByTopic',
        'sns:ListTagsForResource',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:TagResource',
        'sns:Unsubscribe',
        'sns:UntagResource',
      ),
    ],
    'AWS::SNS::TopicPolicy': [need(topics, 'sns:GetTopicAttributes', 'sns:SetTopicAttributes')],
    'AWS::SQS::Queue': [
      need(
        queues,
        'sqs:CreateQueue',
        'sqs:DeleteQueue',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ListQueueTags',
        'sqs:SetQueueAttributes',
        'sqs:TagQueue',
        'sqs:UntagQueue',
      ),
    ],
    'AWS::StepFunctions::StateMachine': [
      need(
        [here('states', 'stateMachine:concordat-*')],
        'states:CreateStateMachine',
        'states:DeleteStateMachine',
        'states:DescribeStateMachine',
        'states:ListTagsForResource',
        'states:TagResource',
        'states:UntagResource',
        'states:UpdateStateMachine',
      ),
      passOwnRolesTo('states.amazonaws.com'),
    ],
    'AWS::SQS::QueuePolicy': [need(queues, 'sqs:GetQueueAttributes', 'sqs:SetQueueAttributes')],
  };
}
