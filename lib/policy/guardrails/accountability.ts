/**
 * That an account stays in the organisation, keeps its record, and is not run by its root user.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION, STACK_SETS } from './spared';

/** Whatever turns off, narrows or hides the record of what is done in an account. */
const AGAINST_THE_RECORD = [
  'access-analyzer:ApplyArchiveRule',
  'access-analyzer:CreateArchiveRule',
  'access-analyzer:DeleteAnalyzer',
  'access-analyzer:DeleteServiceLinkedAnalyzer',
  'access-analyzer:UpdateAnalyzer',
  'access-analyzer:UpdateArchiveRule',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventConfiguration',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:PutInsightSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigRule',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:DeleteEvaluationResults',
  'config:DeleteServiceLinkedConfigurationRecorder',
  'config:DisassociateResourceTypes',
  'config:PutConfigRule',
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:PutRetentionConfiguration',
  'config:StopConfigurationRecorder',
  'guardduty:CreateFilter',
  'guardduty:CreateIPSet',
  'guardduty:CreateTrustedEntitySet',
  'guardduty:DeleteDetector',
  'guardduty:DeleteMalwareProtectionPlan',
  'guardduty:DeleteMembers',
  'guardduty:DeletePublishingDestination',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:DisassociateFromMasterAccount',
  'guardduty:DisassociateMembers',
  'guardduty:StopMonitoringMembers',
  'guardduty:UpdateDetector',
  'guardduty:UpdateFilter',
  'guardduty:UpdateIPSet',
  'guardduty:UpdateMalwareProtectionPlan',
  'guardduty:UpdateMemberDetectors',
  'guardduty:UpdatePublishingDestination',
  'guardduty:UpdateTrustedEntitySet',
] as const;

/** The statements on who answers for an account. */
export function accountability(): ServiceControlStatement[] {
  return [
    {
      // An account that accepts another organisation’s invitation goes over to it at once.
      Sid: 'DenyLeavingTheOrganisation',
      Effect: 'Deny',
      Action: ['account:CloseAccount', 'organizations:AcceptHandshake', 'organizations:LeaveOrganization'],
      Resource: '*',
    },
    {
      Sid: 'DenyTurningOffTheRecord',
      Effect: 'Deny',
      Action: AGAINST_THE_RECORD,
      Resource: '*',
      Condition: askedByAllBut(CLOUD_FORMATION, STACK_SETS),
    },
    {
      Sid: 'DenyTheRootUser',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    },
  ];
}
