/** The budget of each account, as a template of its own. */
import { createHash } from 'node:crypto';
import { BUDGET_PREFIX } from '../../names';
import type { Zone } from '../../register';
import type { BaselineResources } from './resource';

/**
 * The template of the budgets: one goes off when the month has cost, or will cost, more than the register says.
 *
 * To tell others, CloudFormation makes another budget before it deletes the old one, and an account has one of each name: so whom
 * a budget tells, and of what, is in its name.
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/365
 */
export function budgetTemplate({ baseline }: Pick<Zone, 'baseline'>) {
  const [amount] = baseline.monthlyBudget.split(' ');
  const told = ['ACTUAL', 'FORECASTED'].map((NotificationType) => ({
    Notification: {
      NotificationType,
      ComparisonOperator: 'GREATER_THAN',
      Threshold: 100,
      ThresholdType: 'PERCENTAGE',
    },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: baseline.budgetAddress }],
  }));
  const digest = createHash('sha256').update(JSON.stringify(told)).digest('hex');
  const Resources: BaselineResources = {
    Budget: {
      Type: 'AWS::Budgets::Budget',
      Properties: {
        Budget: {
          BudgetName: `${BUDGET_PREFIX}${digest.slice(0, 12)}`,
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: Number(amount), Unit: 'USD' },
        },
        NotificationsWithSubscribers: told,
      },
    },
  };
  return { Description: 'Concordat: what tells of the cost of an account', Resources };
}
