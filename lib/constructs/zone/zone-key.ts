/** A key of the zone: rotated each year where KMS can (not keys that sign), kept when its stack goes, never for organisations’ data. */
import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { KEY_PURPOSE_TAG, type ZoneKeyPurpose } from '../../names';
import { KEY_DELETION_DAYS, type PolicyDocument, type ResourceStatement } from '../../policy';

/** What the key is for, and who may do what with it. */
export interface ZoneKeyProps {
  readonly purpose: Exclude<ZoneKeyPurpose, 'alerts-and-logs'>;
  readonly description: string;
  readonly policy: PolicyDocument<ResourceStatement>;
  /** For a key that signs; it encrypts if not given. */
  readonly signs?: 'ECC_NIST_EDWARDS25519' | 'ML_DSA_44';
}

/** In one Region, with the longest wait before it could ever be deleted. */
export class ZoneKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { purpose, description, policy, signs }: ZoneKeyProps) {
    super(scope, id);
    const key = new CfnKey(this, 'Key', {
      description,
      ...(signs
        ? { keySpec: signs, keyUsage: 'SIGN_VERIFY' }
        : { enableKeyRotation: true, keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' }),
      multiRegion: false,
      pendingWindowInDays: KEY_DELETION_DAYS,
      keyPolicy: policy,
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Tags.of(key).add(KEY_PURPOSE_TAG, purpose);
    this.arn = key.attrArn;
  }
}
