/**
 * That nothing is done, copied or kept outside the zone’s Region, which is London.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
 */
import { bootstrapRoleArn } from '../../names';
import type { Zone } from '../../register';
import type { ServiceControlStatement } from '../document';
import { askedByAllBut } from './spared';

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

/**
 * What the page is served by is of no Region, and AWS’s requests to change it name us-east-1. These are what a deployment asks for;
 * all else of CloudFront stays denied by the Region, functions at the edge and copies of its logs among it.
 */
const PAGE = ['Distribution', 'OriginAccessControl', 'ResponseHeadersPolicy'] as const;
const CHANGE_PAGE = [
  ...PAGE.flatMap((each) =>
    (['Create', 'Delete', 'Update'] as const).map((what) => `cloudfront:${what}${each}` as const),
  ),
  'cloudfront:TagResource',
  'cloudfront:UntagResource',
] as const;
/** Whoever looks changes nothing. The certificate must be in us-east-1 as well; it holds nothing but the name of the host. */
const LOOK_AT_PAGE = [
  'acm:DescribeCertificate',
  'acm:ListCertificates',
  'acm:RequestCertificate',
  'cloudfront:Get*',
  'cloudfront:List*',
] as const;

/** Where the zone serves the page: what it is served by is changed by a deployment of the zone’s account alone. */
function pageAtTheEdge(zone: Zone): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyServingPagesButByTheZonesDeployment',
      Effect: 'Deny',
      Action: CHANGE_PAGE,
      Resource: '*',
      Condition: askedByAllBut(bootstrapRoleArn('cfn-exec', zone.accounts.zone, zone)),
    },
    {
      Sid: 'DenyCertificatesElsewhereButForPages',
      Effect: 'Deny',
      Action: ['acm:RequestCertificate'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': [zone.region, 'us-east-1'] } },
    },
  ];
}

/** The statements on where things are. */
export function residency(zone: Zone): ServiceControlStatement[] {
  const { region } = zone;
  const serves = zone.mailbox?.served !== undefined;
  return [
    {
      Sid: 'DenyOtherRegionsButForGlobalServices',
      Effect: 'Deny',
      NotAction: [...GLOBAL_SERVICES, ...(serves ? [...CHANGE_PAGE, ...LOOK_AT_PAGE] : [])],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': region } },
    },
    ...(serves ? pageAtTheEdge(zone) : []),
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
