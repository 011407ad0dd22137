/** The StackSet that gives every account of some units its budget, also accounts that join later. */
import { CfnStackSet } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BUDGETS_STACK_SET } from '../../names';
import type { BaselineStackSetProps } from './stack-set';
import { stackSetText } from './stack-set-text';

/**
 * Beside the baseline’s, since AWS refuses a budget in an account that was made within the day, or in all as long as the management
 * account has none, and a StackSet takes away all that it made in an account with what it could not make there.
 *
 * Nothing waits for a budget, so an account that gets none stops no other, and not its own stack either: the StackSet’s instances
 * show it. Of an account that leaves the units nothing stays, so that it finds no budget of its name when it comes back.
 * @see https://github.com/org-formation/org-formation-cli/pull/198
 */
export class BudgetsStackSet extends Construct {
  constructor(scope: Construct, id: string, { units, region, template }: BaselineStackSetProps) {
    super(scope, id);
    new CfnStackSet(this, 'StackSet', {
      stackSetName: BUDGETS_STACK_SET,
      description: 'Concordat: what tells of the cost of each account',
      permissionModel: 'SERVICE_MANAGED',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      operationPreferences: {
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        failureTolerancePercentage: 100,
        maxConcurrentPercentage: 25,
      },
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: [...units] }, regions: [region] }],
      templateBody: stackSetText(template),
    });
  }
}
