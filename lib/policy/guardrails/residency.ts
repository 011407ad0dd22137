/**
 * That nothing is done, copied or kept outside the zone’s Region, which is London.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
 */
import type { Zone } from '../../register';
import type { ServiceControlStatement } from '../document';

/**
 * Services that AWS runs in one place for the whole world, so that a request to them names a Region outside the UK. None of
 * them holds what is shared. Enabling a further Region (`account:EnableRegion`) is not among them.
 */
const GLOBAL_SERVICES = [
  'account:Get*',
  'account:List*',
  'billing:Get*',
  'billing:List*',
  'budgets:*',
  'ce:*',
  'health:*',
  'iam:*',
  'organizations:*',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
  'servicequotas:*',
  'sts:*',
  'support:*',
  'trustedadvisor:*',
] as const;

/** Actions whose only use is to copy or serve data from another Region, or from edge locations all over the world. */
const COPIES = [
  'dynamodb:CreateGlobalTable',
  'dynamodb:CreateTableReplica',
  'dynamodb:UpdateGlobalTable',
  'ecr:PutReplicationConfiguration',
  'kms:ReplicateKey',
  'kms:UpdatePrimaryRegion',
  's3:CreateMultiRegionAccessPoint',
  's3:PutAccelerateConfiguration',
  's3:PutMultiRegionAccessPointPolicy',
  's3:PutReplicationConfiguration',
  's3:SubmitMultiRegionAccessPointRoutes',
  'secretsmanager:ReplicateSecretToRegions',
] as const;

/** The statements on where things are. */
export function residency({ region }: Zone): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyOtherRegionsButForGlobalServices',
      Effect: 'Deny',
      NotAction: GLOBAL_SERVICES,
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': region } },
    },
    { Sid: 'DenyCopiesThatLeaveTheRegion', Effect: 'Deny', Action: COPIES, Resource: '*' },
    {
      // The material of such a key can be brought to any Region.
      Sid: 'DenyKeysOfManyRegions',
      Effect: 'Deny',
      Action: ['kms:CreateKey'],
      Resource: '*',
      Condition: { Bool: { 'kms:MultiRegion': 'true' } },
    },
  ];
}
