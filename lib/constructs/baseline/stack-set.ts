/** The StackSet that gives every account of some units what it begins with, also accounts that join later. */
import { createHash } from 'node:crypto';
import { CfnOutput, CfnParameter, CfnStackSet } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STACK_SET, TRIED_PARAMETER, UNITS_PARAMETER } from '../../names';
import { stackSetText } from './stack-set-text';

/** The units of the StackSet, and the template that each account gets. */
export interface BaselineStackSetProps {
  readonly units: readonly string[];
  readonly region: string;
  readonly template: Readonly<Record<string, unknown>>;
}

/**
 * With permissions that AWS manages, so no role has to be made first. One failure stops it. Where an account leaves the
 * units, what it has stays: a mistake there must not take away the way to deploy.
 *
 * Where a unit leaves the StackSet, nothing stays: CloudFormation deletes the stacks of all accounts in it, and first of all, whatever
 * is said of accounts that leave. So which units these are is a parameter, too. A stack that is there keeps what it was told before,
 * and CloudFormation refuses that once the units are others, until somebody names those.
 *
 * There is one StackSet for all units, since a second one with the same names could not give an account anything that was
 * in a unit of the first. CloudFormation updates all units at once, and in no order that one can choose; so whoever deploys
 * tries a template in the canary unit first, and has to say of which template that is true.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-cloudformation whose UpdateHandler deletes before
 *   it makes, and whose RequestTranslator retains no stack
 */
export class BaselineStackSet extends Construct {
  constructor(scope: Construct, id: string, { units, region, template }: BaselineStackSetProps) {
    super(scope, id);
    const body = stackSetText(template);
    const tried = new CfnParameter(this, 'Tried', {
      type: 'String',
      description: 'The SHA-256 of the template that was tried in the canary unit',
      allowedValues: [createHash('sha256').update(body).digest('hex')],
      constraintDescription: 'The SHA-256 of this very template, once it was tried in the canary unit',
    });
    tried.overrideLogicalId(TRIED_PARAMETER);
    // CloudFormation checks a parameter whether or not it is used; linters ask for a use.
    new CfnOutput(this, 'TriedTemplate', { value: tried.valueAsString }).overrideLogicalId('TriedTemplate');
    const reaches = units.join(',');
    const reached = new CfnParameter(this, 'Units', {
      type: 'String',
      description: 'The units whose accounts get the template',
      allowedValues: [reaches],
      constraintDescription: `${reaches}, once no account is left in a unit that is not among them: its baseline would be deleted`,
    });
    reached.overrideLogicalId(UNITS_PARAMETER);
    new CfnOutput(this, 'UnitsReached', { value: reached.valueAsString }).overrideLogicalId('UnitsReached');
    new CfnStackSet(this, 'StackSet', {
      stackSetName: STACK_SET,
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
      templateBody: body,
    });
  }
}
