/**
 * That an account stays in the organisation, keeps its record, and is not run by its root user.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION, STACK_SETS } from './spared';

/** Whatever turns off, narrows or hides the record of what is done in an account. */
const AGAINST_THE_RECORD = [
  'access-analyzer:CreateArchiveRule',
  'access-analyzer:DeleteAnalyzer',
  'access-analyzer:UpdateAnalyzer',
  'access-analyzer:UpdateArchiveRule',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigRule',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:StopConfigurationRecorder',
  'guardduty:CreateFilter',
  'guardduty:DeleteDetector',
  'guardduty:DeleteMalwareProtectionPlan',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:UpdateDetector',
  'guardduty:UpdateFilter',
  'guardduty:UpdateMalwareProtectionPlan',
] as const;

/** The statements on who answers for an account. */
export function accountability(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyLeavingTheOrganisation',
      Effect: 'Deny',
      Action: ['account:CloseAccount', 'organizations:LeaveOrganization'],
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
