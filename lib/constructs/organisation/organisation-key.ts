/** An organisation’s key, by its custody. */
import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { KEY_PURPOSE_TAG, type KeyPurpose } from '../../names';
import { KEY_DELETION_DAYS, type KeyPolicyInput, keyPolicy } from '../../policy';
import { isImported, type Member } from '../../register';
import { policyProperty } from '../plain-policy';
import { BY_KEY_ADMINISTRATORS } from '../reviewed';

/** Whose key it is, and who outside the AWS organisation holds a share of theirs. */
export interface OrganisationKeyProps extends Omit<KeyPolicyInput, 'account' | 'custody'> {
  readonly organisation: Member;
}

const IMPORTED =
  'KMS rotates only material that it made itself. The organisation imports new material before the day that its register file gives.';
const NO_AUTOMATIC_ROTATION: readonly Acknowledgement[] = [
  { rule: 'AwsSolutions::AwsSolutions-KMS5', reason: IMPORTED, ...BY_KEY_ADMINISTRATORS },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-KMSBackingKeyRotationEnabled',
    reason: IMPORTED,
    ...BY_KEY_ADMINISTRATORS,
  },
];

/**
 * The key that everything in an organisation’s bucket is encrypted with. CloudFormation makes keys of custody `account`
 * and, empty until the organisation imports its material, `imported`. It cannot make keys in a custom key store
 * (`cloudhsm`, `external`): there the organisation has made the key, and names it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
 */
export class OrganisationKey extends Construct {
  /** The key’s ARN: a reference where the key is made here, the declared ARN otherwise. */
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: OrganisationKeyProps) {
    super(scope, id);
    const { custody, account, id: organisationId } = props.organisation;
    switch (custody.kind) {
      case 'account':
      case 'imported': {
        const imported = isImported(custody.kind);
        const key = new CfnKey(this, 'Key', {
          description: `Concordat: encrypts everything that ${organisationId} deposits`,
          keySpec: 'SYMMETRIC_DEFAULT',
          keyUsage: 'ENCRYPT_DECRYPT',
          multiRegion: false,
          pendingWindowInDays: KEY_DELETION_DAYS,
          // KMS cannot rotate material that it did not make; the organisation rotates it by importing again.
          ...(imported ? { origin: 'EXTERNAL' } : { enableKeyRotation: true, rotationPeriodInDays: 365 }),
          keyPolicy: policyProperty(keyPolicy({ ...props, account, custody })),
        });
        key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        Tags.of(key).add(KEY_PURPOSE_TAG, 'shared-data' satisfies KeyPurpose);
        if (imported) acknowledge(key, ...NO_AUTOMATIC_ROTATION);
        this.keyArn = key.attrArn;
        return;
      }
      case 'cloudhsm':
      case 'external':
        this.keyArn = custody.keyArn;
        return;
    }
  }
}
