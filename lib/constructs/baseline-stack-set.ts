/** A StackSet that gives every account of some units what it begins with, also accounts that join later. */
import { CfnStackSet } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The StackSet, its units, and the template that each account gets. */
export interface BaselineStackSetProps {
  readonly name: string;
  readonly units: readonly string[];
  readonly region: string;
  readonly template: object;
}

/**
 * With permissions that AWS manages, so no role has to be made first. One failure stops it. Where an account leaves the
 * unit, what it has stays: a mistake there must not take away the way to deploy.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export class BaselineStackSet extends Construct {
  constructor(scope: Construct, id: string, { name, units, region, template }: BaselineStackSetProps) {
    super(scope, id);
    new CfnStackSet(this, 'StackSet', {
      stackSetName: name,
      description: 'Concordat: what every account begins with',
      permissionModel: 'SERVICE_MANAGED',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      managedExecution: { Active: true },
      operationPreferences: {
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        failureToleranceCount: 0,
        maxConcurrentPercentage: 25,
      },
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: [...units] }, regions: [region] }],
      templateBody: JSON.stringify(template),
    });
  }
}
