/**
 * The one table of AWS limits that this project can meet. Each has the page it comes from; all were looked up on the date
 * below. Sizes are in bytes of minified JSON, as the services count them.
 */

import { LARGEST_SCANNED } from '../register';

/** The day on which the table was last held against AWS’s pages. @internal Only tests import it. */
export const LIMITS_AS_OF = '2026-11-22';

/** One limit of AWS. */
export interface Limit {
  /** What is counted, as a plural or a mass noun, for reports. */
  readonly what: string;
  readonly most: number;
  readonly unit: 'bytes' | 'count';
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  readonly source: string;
}

const s3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const organizations = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html';
const cloudFormation =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const cloudFront =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html';

/** Every limit, by a name that code and reports use. */
export const LIMITS = {
  keyPolicyBytes: {
    what: 'size of a key policy',
    most: 32_768,
    unit: 'bytes',
    adjustable: false,
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
  grantsPerKey: {
    what: 'grants on a key',
    most: 50_000,
    unit: 'count',
    adjustable: true,
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
  bucketPolicyBytes: {
    what: 'size of a bucket policy',
    most: 20_480,
    unit: 'bytes',
    adjustable: false,
    source: `${s3}/add-bucket-policy.html`,
  },
  accessPointPolicyBytes: {
    what: 'size of an access point policy',
    most: 20_480,
    unit: 'bytes',
    adjustable: false,
    source: `${s3}/access-points-restrictions-limitations.html`,
  },
  lifecycleRulesPerBucket: {
    what: 'lifecycle rules of a bucket',
    most: 1_000,
    unit: 'count',
    adjustable: false,
    source: `${s3}/how-to-set-lifecycle-configuration-intro.html`,
  },
  tablePolicyBytes: {
    what: 'size of a table’s policy',
    most: 20_480,
    unit: 'bytes',
    adjustable: false,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  },
  accessPointsPerAccount: {
    what: 'access points in an account',
    most: 10_000,
    unit: 'count',
    adjustable: true,
    source: `${s3}/access-points-restrictions-limitations.html`,
  },
  rolePolicyBytes: {
    what: 'size of all inline policies of a role',
    most: 10_240,
    unit: 'bytes',
    adjustable: false,
    source: iam,
  },
  trustPolicyBytes: {
    what: 'size of a trust policy',
    most: 2_048,
    unit: 'bytes',
    adjustable: true,
    source: iam,
  },
  resourcesPerStack: {
    what: 'resources in a stack',
    most: 500,
    unit: 'count',
    adjustable: false,
    source: cloudFormation,
  },
  templateBytes: {
    what: 'size of a template',
    most: 1_048_576,
    unit: 'bytes',
    adjustable: false,
    source: cloudFormation,
  },
  inlineTemplateBytes: {
    what: 'size of a template that is not uploaded first, or that a StackSet holds',
    most: 51_200,
    unit: 'bytes',
    adjustable: false,
    source: cloudFormation,
  },
  managedPolicyBytes: {
    what: 'size of a managed policy',
    most: 6_144,
    unit: 'bytes',
    adjustable: false,
    source: iam,
  },
  // AWS doubled size and number of service control policies on 15 May 2026, for everybody. Seen on its page on 28 November.
  serviceControlPolicyBytes: {
    what: 'size of a service control policy',
    most: 10_240,
    unit: 'bytes',
    adjustable: false,
    source: organizations,
  },
  serviceControlPoliciesPerUnit: {
    what: 'service control policies on a unit, AWS’s own FullAWSAccess included',
    most: 10,
    unit: 'count',
    adjustable: false,
    source: organizations,
  },
  resourceControlPolicyBytes: {
    what: 'size of a resource control policy',
    most: 5_120,
    unit: 'bytes',
    adjustable: false,
    source: organizations,
  },
  resourceControlPoliciesPerUnit: {
    what: 'resource control policies on a unit, AWS’s own RCPFullAWSAccess included',
    most: 5,
    unit: 'count',
    adjustable: false,
    source: organizations,
  },
  contentPolicyBytes: {
    what: 'size of a content policy that CloudFront says with a page, which grows by some 80 with each correspondence',
    most: 1_783,
    unit: 'bytes',
    adjustable: true,
    source: cloudFront,
  },
  headersPoliciesPerAccount: {
    what: 'policies of headers that CloudFront says with pages in an account: one for each page that the zone serves, and one besides',
    most: 20,
    unit: 'count',
    adjustable: true,
    source: cloudFront,
  },
  cacheBehavioursPerDistribution: {
    what: 'paths that CloudFront tells apart at one host: one for each page that the zone serves, and one besides',
    most: 75,
    unit: 'count',
    adjustable: true,
    source: cloudFront,
  },
  scannedObjectBytes: {
    what: 'largest object that is scanned for malware',
    most: LARGEST_SCANNED,
    unit: 'bytes',
    adjustable: true,
    source: 'https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-quotas-guardduty.html',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The share of a limit from which a synth warns. */
export const WARN_FROM = 0.9;
