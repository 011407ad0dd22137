/**
 * That buckets and access points of the landing zone change by its deployment alone, or by the one role whose part it is, and
 * that nobody alters an object by a way that the policies of buckets do not know.
 */

import { accessPointArn, QUALIFIER } from '../../names';
import type { Zone } from '../../register';
import { WRITE_OBJECTS } from '../baseline-policies';
import type { ServiceControlStatement } from '../document';
import {
  askedByAllBut,
  CLOUD_FORMATION,
  DEPLOYMENT,
  GRANT_BROKER,
  MALWARE_SCAN,
  OWN_ROLES,
  PUBLISHER,
  STACK_SETS,
} from './spared';

/** But for notifications, which GuardDuty sets as well. */
const CHANGE_BUCKETS = [
  's3:CreateBucket*',
  's3:DeleteBucket*',
  's3:PauseReplication',
  's3:Put*Configuration',
  's3:PutBucketAbac',
  's3:PutBucketAcl',
  's3:PutBucketCORS',
  's3:PutBucketLogging',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketRequestPayment',
  's3:PutBucketTagging',
  's3:PutBucketVersioning',
  's3:PutBucketWebsite',
  's3:TagResource',
  's3:UntagResource',
  's3:UpdateBucketMetadata*',
] as const;

/**
 * What no part of the landing zone does to an object. A lock would hold personal data for decades; another key, a replica or
 * an annotation would pass the statements on uploads by.
 */
const ALTER_OBJECTS = [
  's3:BypassGovernanceRetention',
  's3:DeleteObject*Annotation',
  's3:InitiateReplication',
  's3:ObjectOwnerOverrideToBucketOwner',
  's3:PutObject*Annotation',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:Replicate*',
  's3:UpdateObjectEncryption',
] as const;

/** The statements on data. */
export function ownData(zone: Zone): ServiceControlStatement[] {
  const named = (which: string) => `arn:aws:s3:::${zone.namePrefix}-${which}-*`;
  const assets = `arn:aws:s3:::cdk-${QUALIFIER}-assets-*`;
  const page = zone.mailbox?.served === undefined ? [] : ['mailbox'];
  const buckets = [assets, ...['config', 'exchange', 'ledger', 'logs', ...page].map(named)];
  const accessPoints = [accessPointArn({ ...zone, region: '*' }, '*', `${'?'.repeat(12)}--*`)];
  return [
    {
      Sid: 'DenyChangingBuckets',
      Effect: 'Deny',
      Action: CHANGE_BUCKETS,
      Resource: buckets,
      Condition: askedByAllBut(CLOUD_FORMATION, STACK_SETS),
    },
    {
      Sid: 'DenyChangingWhomBucketsTell',
      Effect: 'Deny',
      Action: ['s3:PutBucketNotification'],
      Resource: buckets,
      Condition: askedByAllBut(CLOUD_FORMATION, MALWARE_SCAN),
    },
    {
      // Templates, code and lists of grants lie here under names that the next deployment takes for their content.
      Sid: 'DenyChangingWhatIsDeployed',
      Effect: 'Deny',
      Action: WRITE_OBJECTS,
      Resource: [`${assets}/*`],
      Condition: askedByAllBut(PUBLISHER),
    },
    {
      Sid: 'DenyChangingWhatConfigRecorded',
      Effect: 'Deny',
      Action: WRITE_OBJECTS,
      Resource: [`${named('config')}/*`],
      Condition: askedByAllBut(OWN_ROLES),
    },
    {
      Sid: 'DenyLockingAndOtherwiseAlteringObjects',
      Effect: 'Deny',
      Action: ALTER_OBJECTS,
      // Through an access point, the object is named by that.
      Resource: [...accessPoints, ...buckets.map((bucket) => `${bucket}/*`)],
    },
    {
      // Bucket policies leave reading to access points of these names, so making one could open the bucket.
      Sid: 'DenyMakingAndRemovingAccessPoints',
      Effect: 'Deny',
      Action: [
        's3:CreateAccessPoint',
        's3:DeleteAccessPoint',
        's3:DeleteAccessPointPolicy',
        's3:TagResource',
        's3:UntagResource',
      ],
      Resource: accessPoints,
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      // The broker closes and opens; the deployment role closes by hand if the broker fails.
      Sid: 'DenyChangingWhoReadsThroughAccessPoints',
      Effect: 'Deny',
      Action: ['s3:PutAccessPointPolicy'],
      Resource: accessPoints,
      Condition: askedByAllBut(CLOUD_FORMATION, DEPLOYMENT, GRANT_BROKER),
    },
  ];
}
