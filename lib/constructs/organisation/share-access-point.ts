/** The access point of one share, through which one recipient reads under one agreement. */
import { CfnAccessPoint } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketName } from '../../names';
import { accessPointPolicy, type PolicyDocument, type ResourceStatement } from '../../policy';
import type { LiveShare, Zone } from '../../register';
import { policyProperty } from '../plain-policy';

/** The share, and where its agreement is written. */
export interface ShareAccessPointProps {
  readonly zone: Zone;
  readonly share: LiveShare;
  /** `agreements/x.yaml:2`, for the reader of the template. */
  readonly place: string;
}

/** Exists while its share is in force or to come; the dates in its policy, not its existence, are what ends access. */
export class ShareAccessPoint extends Construct {
  readonly accessPoint: CfnAccessPoint;
  /** What it lets through. */
  readonly policy: PolicyDocument<ResourceStatement>;

  constructor(scope: Construct, id: string, { zone, share, place }: ShareAccessPointProps) {
    super(scope, id);
    const { agreement, owner, recipient, days, approval } = share;
    this.policy = accessPointPolicy(zone, share);
    this.accessPoint = new CfnAccessPoint(this, 'AccessPoint', {
      name: share.id,
      bucket: bucketName(zone, owner.account),
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      policy: policyProperty(this.policy),
    });
    this.accessPoint.addMetadata('Concordat', {
      agreement: agreement.id,
      owner: owner.id,
      recipient: recipient.id,
      from: days.from,
      until: days.until,
      source: place,
      ...(approval !== undefined && { approval }),
    });
  }
}
