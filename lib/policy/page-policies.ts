/**
 * Who reads and who writes the mailbox’s page, where the zone serves it. Whoever can put another page in place could read every
 * message that is written or opened from then on: that is one role’s part, and no file is ever deleted.
 */
import { roleArn, s3Service, zoneBucketArn } from '../names';
import type { Zone } from '../register';
import {
  accountRoot,
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type ResourceStatement,
} from './document';
import { always, deny } from './zone-bucket-policies';
import { zoneKeepsTheKey } from './zone-key-policies';

type Statements = PolicyDocument<ResourceStatement>;

/**
 * The one distribution reads each file; only the release role writes.
 * @param distribution its ARN
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function pageBucketPolicy(zone: Zone, distribution: string): Statements {
  const objects = `${zoneBucketArn(zone, 'mailbox')}/*`;
  return policy(
    {
      Sid: 'CloudFrontReadsThePage',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['s3:GetObject'],
      Resource: objects,
      Condition: { StringEquals: { 'aws:SourceArn': distribution } },
    },
    ...always(zone, 'mailbox'),
    deny('DenyWritingToAllButTheReleaseRole', [objects], ['s3:PutObject'], {
      ArnNotEquals: { 'aws:PrincipalArn': [roleArn(zone.accounts.zone, 'page-release')] },
    }),
  );
}

/** Encrypts the page, which is no secret: it is a second yes, which the bucket’s policy alone cannot give. */
export function pageKeyPolicy(zone: Zone, distribution: string): Statements {
  return policy(
    zoneKeepsTheKey(zone),
    {
      Sid: 'CloudFrontReadsThePage',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['kms:Decrypt'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceArn': distribution } },
    },
    {
      Sid: 'TheReleaseRoleWritesThePage',
      Effect: 'Allow',
      Principal: accountRoot(zone.accounts.zone),
      Action: ['kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': roleArn(zone.accounts.zone, 'page-release') },
        StringEquals: { 'kms:ViaService': s3Service(zone) },
      },
    },
  );
}

/** Puts files in place, and can neither read nor delete any. */
export function releasesThePage(zone: Zone, keyArn: string): PolicyDocument<IdentityStatement> {
  return policy(
    {
      Sid: 'PutFilesOfThePageInPlace',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: [`${zoneBucketArn(zone, 'mailbox')}/*`],
    },
    {
      Sid: 'EncryptThem',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey'],
      Resource: [keyArn],
      Condition: { StringEquals: { 'kms:ViaService': s3Service(zone) } },
    },
  );
}
