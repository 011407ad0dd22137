/** Assumptions on how accounts are prepared for deployment: on StackSets, and on what they make in an account. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

const MANAGEMENT = 'only the management account of an AWS organisation can do it, and that is no sandbox';

export const PREPARING: readonly Assumption[] = [
  {
    id: 'config-delivers-by-its-role',
    assumes: 'AWS Config accepts a delivery channel to a bucket of its account by the rights of its role.',
    source: { says: 'open', page: `${GUIDES.config}/s3-bucket-policy.html` },
    rests: 'The baseline of each account, where the register asks for AWS Config.',
    ifFalse: { how: 'closed', what: 'the try in the canary unit fails, and no other unit is reached' },
    mend: 'Compare the role’s policy in lib/constructs/baseline/aws-config.ts with the error that AWS Config gives.',
    test: {
      by: 'hand',
      steps: 'Try the baseline in a canary unit with one account in which AWS Config is not set up.',
      because:
        'an account has one recorder in a Region, which in most accounts is taken, and a probe changes nothing that it has not made',
    },
    checked: REVIEWED,
  },
  {
    id: 'bootstrap-by-stack-sets',
    assumes:
      'A StackSet of the service-managed kind makes a bucket in the account’s own namespace, and the roles with a boundary, in each account of a unit.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudFormation}/UserGuide/stacksets-orgs-manage-auto-deployment.html`,
    },
    rests: 'The bootstrap of every account.',
    ifFalse: { how: 'closed', what: 'the try in the canary unit fails, and no other unit is reached' },
    mend: 'Compare the baseline’s template with the error in the StackSet’s operation.',
    test: { by: 'hand', steps: 'Try the baseline in a canary unit with one account.', because: MANAGEMENT },
    checked: REVIEWED,
  },
  {
    id: 'budget-in-a-new-account',
    assumes: 'AWS Budgets makes a budget in a member’s account on the day on which that account was made.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create.html',
    },
    rests: 'Each account tells of its cost from its first hour.',
    ifFalse: {
      how: 'told',
      what: 'the account has its baseline, and no budget until the StackSet of budgets is updated again, whose instances show it; no other account is held up',
    },
    mend: 'Make a budget in the management account, wait for a day, and update that StackSet as docs/guardrails.md says.',
    test: {
      by: 'hand',
      steps:
        'Make an account, move it into the canary unit within the hour, and look at the instances of concordat-budgets.',
      because: MANAGEMENT,
    },
    checked: '2026-12-01',
  },
  {
    id: 'suspended-account-is-passed-over',
    assumes:
      'An update of a StackSet passes over accounts that are suspended, and counts none of them as a failure.',
    source: {
      says: 'so',
      page: `${GUIDES.cloudFormation}/APIReference/API_StackInstanceComprehensiveStatus.html`,
    },
    rests: 'A new baseline, while an account that was closed or suspended is still in a unit.',
    ifFalse: {
      how: 'closed',
      what: 'the deployment of Baseline fails at that account and goes back; the other accounts keep their baseline',
    },
    mend: 'Move the account to the root, and then deploy Baseline again.',
    test: {
      by: 'hand',
      steps:
        'Close an account in the canary unit, change a description in the baseline, and try it there: the account must be told as skipped, the operation as succeeded.',
      because: MANAGEMENT,
    },
    checked: '2026-12-01',
  },
  {
    id: 'failed-account-is-tried-again',
    assumes:
      'UpdateStackSet with the template of before makes the stack of an account in which it could not be made.',
    source: { says: 'so', page: `${GUIDES.cloudFormation}/UserGuide/stacksets-troubleshooting.html` },
    rests: 'An account that failed gets its baseline, and one that was new its budget.',
    ifFalse: { how: 'told', what: 'the StackSet’s instances show it as OUTDATED still' },
    mend: 'Move the account to the root, wait until it is no instance any more, and move it back.',
    test: {
      by: 'hand',
      steps:
        'Make a bucket of the name cdk-concordat-assets-… in an account, move that into the canary unit, see it fail, delete the bucket, and update the StackSet as docs/guardrails.md says.',
      because: MANAGEMENT,
    },
    checked: '2026-12-01',
  },
  {
    id: 'retained-stack-is-taken-back',
    assumes:
      'A StackSet of the service-managed kind takes in a stack that it made itself, and that stayed when its account left the units.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudFormation}/APIReference/API_ImportStacksToStackSet.html`,
    },
    rests: 'An account that comes back to its unit goes on getting baselines.',
    ifFalse: {
      how: 'told',
      what: 'AWS refuses to take it in; the account keeps all that it has, and the StackSet shows that its stack could not be made',
    },
    mend: 'Delete that stack and its buckets while the account is out of its unit, as docs/guardrails.md says.',
    test: {
      by: 'hand',
      steps:
        'Move an account with a baseline to the root and back to the canary unit, take its stack back, and see it as CURRENT.',
      because: MANAGEMENT,
    },
    checked: '2026-12-01',
  },
  {
    id: 'moved-account-keeps-its-baseline',
    assumes:
      'An account that is moved from one target unit of a StackSet to another of the same StackSet keeps its stack, and goes on getting updates.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudFormation}/UserGuide/stacksets-orgs-manage-auto-deployment.html`,
    },
    rests:
      'The promotion of an account from the canary unit to the members’ unit, and the way from a unit to another that takes its place.',
    ifFalse: {
      how: 'told',
      what: 'the account keeps all that it has, since stacks are retained, and the StackSet’s operation shows a stack that could not be made',
    },
    mend: 'Take the retained stack back into the StackSet, as docs/guardrails.md says of an account that comes back.',
    test: {
      by: 'hand',
      steps:
        'Move an account with a baseline from the canary unit to the members’ unit, and look at the StackSet’s instances and at the account’s stacks.',
      because: MANAGEMENT,
    },
    checked: REVIEWED,
  },
  {
    id: 'unit-takes-the-place-of-another',
    assumes:
      'Where a unit was made a target of a StackSet by hand, the stack that made the StackSet can be deployed with that unit in place of another, in which no account is left.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudFormation}/TemplateReference/aws-resource-cloudformation-stackset.html`,
    },
    rests: 'A change of guardrails.units, by which no account loses its baseline.',
    ifFalse: {
      how: 'closed',
      what: 'the deployment of Baseline fails and goes back; the accounts keep their baseline, since none is in the unit that leaves',
    },
    mend: 'Compare Concordat’s docs/guardrails.md with the error that CloudFormation gives.',
    test: {
      by: 'hand',
      steps:
        'Make a unit, do with the canary unit what docs/guardrails.md says of a unit that takes the place of another, and look at the StackSet’s instances.',
      because: MANAGEMENT,
    },
    checked: REVIEWED,
  },
  {
    id: 'stack-set-tried-before-its-stack',
    assumes:
      'A StackSet that a stack has made can be updated in one unit by UpdateStackSet, and its stack can then be deployed with the same template.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/APIReference/API_UpdateStackSet.html` },
    rests: 'Each change of the baseline reaches the canary unit before any other.',
    ifFalse: { how: 'closed', what: 'the try, or the deployment of Baseline after it, is refused' },
    mend: 'Compare Concordat’s docs/guardrails.md with the error that CloudFormation gives.',
    test: {
      by: 'hand',
      steps: 'Change a description in the baseline, try it in the canary unit, and deploy Baseline.',
      because: MANAGEMENT,
    },
    checked: REVIEWED,
  },
  {
    id: 'kept-parameter-is-held-against-new-values',
    assumes:
      'Where a stack is deployed with a new template and the parameter that it was given before, CloudFormation refuses that parameter if it is none of the new AllowedValues.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/UserGuide/parameters-section-structure.html` },
    rests:
      'No new template of the baseline reaches all units before somebody says that it was tried in the canary unit; and no unit leaves its StackSet before somebody says that no account is in it.',
    ifFalse: {
      how: 'told',
      what: 'a template that was not tried is deployed by a command that leaves out TriedInCanary, which the plan asks for, and the StackSet stops at the first account that fails; or the accounts of a unit that leaves lose their baseline by a command that leaves out Units, which the plan asks for, after it has said at its top what goes',
    },
    mend: 'Make each a parameter of another name in each template, with the digest in it, in lib/constructs/baseline/stack-set.ts.',
    test: {
      by: 'hand',
      steps:
        'Make a stack with a parameter whose AllowedValues are `a`, given as `a`; update it with AllowedValues `b` and UsePreviousValue. AWS must refuse.',
      because: 'of stacks that are there, a probe changes its access point alone',
    },
    checked: REVIEWED,
  },
];
