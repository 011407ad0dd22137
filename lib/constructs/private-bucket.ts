/** What every bucket has, whatever it holds: encryption by one key, kept versions, one owner and no public access. */
import type { CfnBucketProps } from 'aws-cdk-lib/aws-s3';

/**
 * The settings, for each bucket to add its own.
 * @param keyArn the KMS key that encrypts each object for which no other is asked; SSE-C is refused
 * @param bucketKeyEnabled whether S3 asks KMS once for many objects
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function privateBucket(keyArn: string, bucketKeyEnabled = true) {
  return {
    bucketNamespace: 'account-regional',
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        {
          bucketKeyEnabled,
          blockedEncryptionTypes: { encryptionType: ['SSE-C'] },
          serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
        },
      ],
    },
    versioningConfiguration: { status: 'Enabled' },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  } satisfies CfnBucketProps;
}
