/** Requests that guardrails must deny, and those that they must let be, where the zone serves the page of the mailbox. */
import type { Row, Table } from './asking';

const EDGE = { 'aws:RequestedRegion': 'us-east-1' };
const MAKE = ['Distribution', 'OriginAccessControl', 'ResponseHeadersPolicy'].map(
  (each) => `cloudfront:Create${each} cloudfront:Update${each} cloudfront:Delete${each}`,
);
const CHANGES = `${MAKE.join(' ')} cloudfront:TagResource cloudfront:UntagResource`;
const LOOKS =
  'cloudfront:GetDistribution cloudfront:ListDistributions acm:DescribeCertificate acm:ListCertificates acm:RequestCertificate';
const DEPLOYED: Row = ['zoneCloudFormation', CHANGES, '*', EDGE];

/** By the statement’s Sid. */
export const PAGE_TABLES: Readonly<Record<string, Table>> = {
  DenyOtherRegionsButForGlobalServices: {
    deny: [
      // Code at the edge, its logs and its stores: none of it is needed for a page.
      ['zoneCloudFormation', 'cloudfront:CreateFunction cloudfront:CreateRealtimeLogConfig', '*', EDGE],
      ['operator', 'cloudfront:CreateKeyValueStore cloudfront:CopyDistribution', '*', EDGE],
      ['operator', 'acm:ExportCertificate acm:ImportCertificate', '*', EDGE],
      ['operator', 's3:CreateBucket logs:PutDeliverySource wafv2:CreateWebACL', '*', EDGE],
    ],
    allow: [
      DEPLOYED,
      ['operator', LOOKS, '*', EDGE],
      // All that the statement lets be without the page, too.
      [
        'administrator',
        'iam:GetRole sts:GetCallerIdentity account:GetAlternateContact account:ListRegions',
        '*',
        EDGE,
      ],
      [
        'administrator',
        'billing:GetBillingData billing:ListBillingViews budgets:ViewBudget ce:GetCostAndUsage',
        '*',
        EDGE,
      ],
      [
        'administrator',
        'health:DescribeEvents organizations:DescribeOrganization support:DescribeCases',
        '*',
        EDGE,
      ],
      [
        'administrator',
        's3:GetAccountPublicAccessBlock s3:ListAllMyBuckets servicequotas:ListServices',
        '*',
        EDGE,
      ],
      ['administrator', 'trustedadvisor:DescribeChecks', '*', EDGE],
      ['operator', 'lambda:GetFunction', '*', { 'aws:RequestedRegion': 'eu-west-2' }],
    ],
  },
  DenyServingPagesButByTheZonesDeployment: {
    deny: [
      ['operator', CHANGES, '*', EDGE],
      // The deployment of a member’s account serves nothing.
      ['cloudFormation', CHANGES, '*', EDGE],
    ],
    allow: [DEPLOYED, ['operator', 'cloudfront:GetDistribution', '*', EDGE]],
  },
  DenyCertificatesElsewhereButForPages: {
    deny: [['operator', 'acm:RequestCertificate', '*', { 'aws:RequestedRegion': 'eu-west-1' }]],
    allow: [
      ['operator', 'acm:RequestCertificate', '*', EDGE],
      [
        'operator',
        'acm:RequestCertificate acm:DeleteCertificate',
        '*',
        { 'aws:RequestedRegion': 'eu-west-2' },
      ],
    ],
  },
};
