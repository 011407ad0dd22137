/** Assumptions on what can be deployed, and how soon it works. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

const MANAGEMENT = 'only the management account of an AWS organisation can do it, and that is no sandbox';

export const DEPLOYING: readonly Assumption[] = [
  {
    id: 'account-regional-bucket',
    assumes: 'CloudFormation makes a bucket in the account’s own namespace, by its whole name.',
    source: { says: 'so', page: `${GUIDES.s3}/gpbucketnamespaces.html` },
    rests: 'Every bucket: such a name can’t be taken by another account.',
    ifFalse: { how: 'closed', what: 'no stack with a bucket is deployed' },
    mend: 'Give the prefix in BucketNamePrefix, in lib/constructs.',
    test: {
      by: 'probe',
      steps: [{ call: { call: 'make-stack', stack: 'owner' }, expect: 'done', decides: true }],
    },
    checked: REVIEWED,
  },
  {
    id: 'function-role-with-condition',
    assumes: 'Lambda takes on a role whose trust asks for aws:SourceAccount.',
    source: { says: 'open', page: `${GUIDES.lambda}/lambda-intro-execution-role.html` },
    rests: 'Every function: broker, transfer audit and sealer.',
    ifFalse: { how: 'closed', what: 'the stacks fail, since no function can be made' },
    mend: 'Remove the condition from trustedByOwnLambda in lib/policy/lambda-policies.ts.',
    test: {
      by: 'probe',
      steps: [{ call: { call: 'make-stack', stack: 'function' }, expect: 'done', decides: true }],
    },
    checked: REVIEWED,
  },
  {
    id: 'new-role-works-within-90-seconds',
    assumes: 'What a new role of a function may do, it can do within 90 seconds after its stack is made.',
    source: { says: 'open', page: `${GUIDES.iam}/troubleshoot_general.html` },
    rests: 'The first deployment of an organisation: the broker runs as part of it.',
    ifFalse: {
      how: 'closed',
      what: 'the first deployment fails and is rolled back; a second one goes through',
    },
    mend: 'Have the broker wait longer in Create and Update, in lambda/key-grants.',
    test: {
      by: 'probe',
      steps: [
        { call: { call: 'make-stack', stack: 'function' }, expect: 'done' },
        {
          call: { call: 'invoke-function', by: 'name', as: 'role' },
          expect: 'allowed',
          within: 90,
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'function-arn-without-its-alias',
    assumes:
      'The key lambda:SourceFunctionArn is the ARN of the function without an alias, by whichever alias it was called.',
    source: { says: 'open', page: `${GUIDES.lambda}/permissions-source-function-arn.html` },
    rests:
      'Stops and lifts, which are ordered by aliases of the grant broker: its rights are for its own code alone.',
    ifFalse: {
      how: 'told',
      what: 'KMS and S3 refuse what is ordered by an alias, and the answer says so; the hourly runs go on',
    },
    mend: 'Name the aliases beside the function in fromItsOwnCode, in lib/policy/lambda-policies.ts.',
    test: {
      by: 'probe',
      steps: [
        { call: { call: 'make-stack', stack: 'function' }, expect: 'done' },
        { call: { call: 'invoke-function', by: 'name', as: 'function' }, expect: 'allowed', within: 300 },
        {
          call: { call: 'invoke-function', by: 'alias', as: 'function' },
          expect: 'allowed',
          within: 60,
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
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
    id: 's3-policy-by-cloudformation',
    assumes: 'CloudFormation makes an organisation’s policy of the type S3_POLICY.',
    source: { says: 'open', page: `${GUIDES.organizations}/orgs_manage_policies_s3.html` },
    rests: 'Block Public Access for whole units.',
    ifFalse: {
      how: 'told',
      what: 'the stack Guardrails-s3 fails, which holds nothing else and for which nothing waits; the block on each bucket and access point stays',
    },
    mend: 'Make that policy in AWS Organizations by hand, from the template of Guardrails-s3.',
    test: {
      by: 'hand',
      steps: 'Deploy Guardrails-s3 at the stage `canary`.',
      because: MANAGEMENT,
    },
    checked: REVIEWED,
  },
  {
    id: 'services-of-resource-control-policies',
    assumes:
      'AWS Organizations takes a resource control policy for every service that ours name, DynamoDB, EventBridge and CloudWatch Logs among them.',
    source: { says: 'open', page: `${GUIDES.organizations}/orgs_manage_policies_rcps.html` },
    rests: 'The perimeter around data.',
    ifFalse: {
      how: 'told',
      what: 'the stack Guardrails-services fails, which holds nothing else and for which nothing waits; the policies of tables stay',
    },
    mend: 'Remove the service that is refused from lib/policy/guardrails/perimeter.ts, and say so in docs/guardrails.md.',
    test: {
      by: 'hand',
      steps:
        'Deploy Guardrails and Guardrails-services at the stage `canary`, then see in the canary account that CloudTrail, AWS Config, Lambda and GuardDuty still work.',
      because: MANAGEMENT,
    },
    checked: REVIEWED,
  },
  {
    id: 'organisation-analyzer-by-cloudformation',
    assumes:
      'Once AWS Organizations trusts IAM Access Analyzer, CloudFormation makes an analyzer of the whole organisation in the management account, without a delegated administrator.',
    source: { says: 'open', page: `${GUIDES.iam}/access-analyzer-create-external.html` },
    rests: 'What is open to outsiders is found, in every account.',
    ifFalse: {
      how: 'told',
      what: 'the stack Access-analyzer fails, which holds nothing else and for which nothing waits',
    },
    mend: 'Make the analyzer in the console of the management account, with the organisation as its zone of trust.',
    test: { by: 'hand', steps: 'Deploy Access-analyzer, and list its findings.', because: MANAGEMENT },
    checked: REVIEWED,
  },
  {
    id: 'custom-resource-calls-as-the-deploying-role',
    assumes:
      'A custom resource calls its function as the role with which CloudFormation deploys the stack, so the guardrail that keeps all others from calling it lets that pass.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudFormation}/UserGuide/template-custom-resources-lambda.html`,
    },
    rests: 'Every deployment of an organisation in a guarded unit: the broker runs as part of it.',
    ifFalse: {
      how: 'closed',
      what: 'the deployment fails and is rolled back; the broker’s hourly runs go on',
    },
    mend: 'Spare in lib/policy/guardrails/own-stops.ts whom CloudTrail shows as the caller.',
    test: {
      by: 'hand',
      steps: 'Deploy an organisation to an account in the canary unit.',
      because: 'it needs the guardrails, which sandbox accounts do not have',
    },
    checked: REVIEWED,
  },
  {
    id: 'expiry-despite-table-policy',
    assumes:
      'DynamoDB removes expired items although the policy of their table denies everybody dynamodb:DeleteItem.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html',
    },
    rests: 'The table of transfers stays small.',
    ifFalse: {
      how: 'told',
      what: 'what is known of old transfers stays and the bill for the table grows; nothing is lost or opened',
    },
    mend: 'Let dynamodb.amazonaws.com delete, in lib/policy/table-policies.ts.',
    test: {
      by: 'hand',
      steps:
        'Put an item whose time is past into a table with that policy before the policy is set, and look for it after two days.',
      because: 'it takes DynamoDB up to some days',
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
    rests: 'The bootstrap of an account in the very hour in which it joins: the budget is in the baseline.',
    ifFalse: {
      how: 'closed',
      what: 'the baseline fails in that account, leaves nothing there, and reaches no further one until it is deployed again, a day later',
    },
    mend: 'Make a budget in the management account, and make accounts a day before they are moved into a unit.',
    test: {
      by: 'hand',
      steps:
        'Make an account, move it into the canary unit within the hour, and look at the StackSet’s operation.',
      because: MANAGEMENT,
    },
    checked: REVIEWED,
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
    mend: 'Put the retained stack back into the StackSet with `aws cloudformation import-stacks-to-stack-set`, and say so in docs/guardrails.md.',
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
  {
    id: 'rollback-can-be-tried-again',
    assumes:
      'After the first deployment of an organisation failed and was rolled back, a second one works, whatever keys and roles the first has left.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/UserGuide/stack-failure-options.html` },
    rests: 'What docs/operating.md says of a failed deployment.',
    ifFalse: {
      how: 'closed',
      what: 'the organisation is not deployed until what is left has been removed by hand',
    },
    mend: 'Name what is left, and how to remove it, in docs/operating.md.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation whose recipient roles do not exist, let it roll back, mend that, and deploy again.',
      because: 'it needs a whole organisation with its baseline',
    },
    checked: REVIEWED,
  },
  {
    id: 'replaced-signing-key-stays',
    assumes: 'A deployment that replaces the signing key leaves the former one in the account.',
    source: {
      says: 'so',
      page: `${GUIDES.cloudFormation}/TemplateReference/aws-attribute-updatereplacepolicy.html`,
    },
    rests: 'What was signed with the former key can be checked for as long as it is kept.',
    ifFalse: {
      how: 'told',
      what: 'the key waits for deletion, of which CloudTrail’s record alarms; its public key is in every copy of the ledger',
    },
    mend: 'Cancel the deletion within its days, and keep the key out of the stack.',
    test: {
      by: 'hand',
      steps:
        'Replace the signing key of a zone that holds no data, as Concordat’s docs/zone.md says, and ask KMS for the former one.',
      because: 'it needs a deployed zone',
    },
    checked: REVIEWED,
  },
];
