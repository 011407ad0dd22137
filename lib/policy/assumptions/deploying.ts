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
    id: 'organisation-trail-by-cloudformation',
    assumes:
      'Once AWS Organizations trusts CloudTrail, and the management account has CloudTrail’s service-linked role, CloudFormation makes a trail of the whole organisation there.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudTrail}/creating-an-organizational-trail-prepare.html`,
    },
    rests: 'The record of all accounts, and with it the ledger.',
    ifFalse: {
      how: 'closed',
      what: 'the stack Trail fails, before anything was deposited, and the zone’s alarm on a trail that stopped goes off',
    },
    mend: 'Make the trail once in CloudTrail’s console and delete it again, which turns on what it needs; then deploy Trail.',
    test: {
      by: 'hand',
      steps:
        'Deploy Trail in a new AWS organisation, after step 2 of docs/operating.md, and look for log files.',
      because: MANAGEMENT,
    },
    checked: '2026-12-01',
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
