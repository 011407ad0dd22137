/** A bucket of a probe, as those of organisations are, but that it can be emptied and deleted. */
import type { Resource, Value } from './template';
import { resource } from './template';

/** Encrypted with a key, closed to the public, in the account’s own namespace. */
export function bucket(
  name: string,
  key: Value,
  { bucketKey, more = {} }: { readonly bucketKey: boolean; readonly more?: Resource['Properties'] },
): Resource {
  return resource('AWS::S3::Bucket', {
    BucketName: name,
    BucketNamespace: 'account-regional',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
          BucketKeyEnabled: bucketKey,
        },
      ],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    ...more,
  });
}

/** Nobody comes without TLS. */
export function byTlsAlone(bucketArn: string): Value {
  return {
    Sid: 'DenyRequestsWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
