/** Assumptions on what the conditions and boundaries of our policies are compared with. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

const NO_STACK_OF_OURS = 'a probe has no roles that deploy by CloudFormation under a boundary';
const ORGANISATION = 'it needs an AWS organisation with guardrails, which sandbox accounts do not have';

export const PERMITTING: readonly Assumption[] = [
  {
    id: 'unsubscribing-is-about-the-topic',
    assumes:
      'SNS asks IAM about Unsubscribe and SetSubscriptionAttributes on the ARN of the topic, or on that of the subscription, which begins with it.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html',
    },
    rests:
      'Another security mailbox in the register, which CloudFormation subscribes after it has unsubscribed the old one; and the guardrail by which nobody else unsubscribes it.',
    ifFalse: {
      how: 'told',
      what: 'the deployment that changes the mailbox fails and goes back, and the old one is told as before; and an administrator of a guarded account could unsubscribe it, as whoever has one of its e-mails can',
    },
    mend: 'Name every resource beside the two actions, in lib/policy/bootstrap-needs-functions.ts and in a guardrail of their own.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation, confirm the subscription of its security mailbox, change the mailbox in the register, and deploy it again.',
      because: NO_STACK_OF_OURS,
    },
    checked: REVIEWED,
  },
  {
    id: 'tags-of-a-new-key-count-at-once',
    assumes:
      'The tags that CreateKey gives a key count when CloudFormation uses the key for an alias or a table straight after it.',
    source: { says: 'open', page: `${GUIDES.kms}/tag-authorization.html` },
    rests: 'The rights of the deploying role: keys that have a purpose of ours, and no others.',
    ifFalse: { how: 'closed', what: 'the stack fails; a second deployment goes through' },
    mend: 'Deploy again. Where that is common, make keys and what uses them in two stacks.',
    test: { by: 'hand', steps: 'Deploy Zone to a new account.', because: NO_STACK_OF_OURS },
    checked: REVIEWED,
  },
  {
    id: 'boundary-key-in-changes-of-roles',
    assumes:
      'IAM compares iam:PermissionsBoundary with the role’s boundary in UpdateAssumeRolePolicy, PutRolePolicy and DeleteRolePolicy.',
    source: { says: 'open', page: `${GUIDES.iam}/reference_policies_iam-condition-keys.html` },
    rests: 'The rights of the deploying role: roles that have a boundary of ours, and no others.',
    ifFalse: { how: 'closed', what: 'a deployment that changes a role fails' },
    mend: 'Take the condition from that one action in lib/policy/bootstrap-execution.ts.',
    test: {
      by: 'hand',
      steps: 'Deploy an organisation, change who may collect in the register, and deploy it again.',
      because: NO_STACK_OF_OURS,
    },
    checked: REVIEWED,
  },
  {
    id: 'boundary-leaves-a-grant-whole',
    assumes: 'A boundary that allows kms:Decrypt leaves what a grant gives to the role as it is.',
    source: { says: 'open', page: `${GUIDES.iam}/access_policies_boundaries.html` },
    rests: 'Collecting: a collect role has a boundary, and its right to decrypt is a grant.',
    ifFalse: { how: 'closed', what: 'nobody can collect' },
    mend: 'Have the collect role’s own policy allow kms:Decrypt on the keys of its owners as well.',
    test: {
      by: 'hand',
      steps: 'Deploy two organisations with one agreement, deposit a file and collect it.',
      because: NO_STACK_OF_OURS,
    },
    checked: REVIEWED,
  },
  {
    id: 'table-policy-takes-its-actions',
    assumes:
      'The policy of a DynamoDB table takes each action that ours denies: restoring, importing, expiry and its own change among them.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html',
    },
    rests: 'That the operator cannot rewrite what is to be sealed.',
    ifFalse: { how: 'closed', what: 'Zone fails' },
    mend: 'Leave the action that DynamoDB names in its refusal to the service control policy alone.',
    test: { by: 'hand', steps: 'Deploy Zone to a new account.', because: NO_STACK_OF_OURS },
    checked: REVIEWED,
  },
  {
    id: 'service-control-policy-through-access-points',
    assumes:
      'A service control policy about the objects of a bucket holds for requests through an access point.',
    source: { says: 'open', page: `${GUIDES.s3}/access-points-policies.html` },
    rests: 'A second hold on buckets; the policy of each bucket is the first.',
    ifFalse: { how: 'closed', what: 'the bucket’s own policy still denies' },
    mend: 'Name the access points of the account beside the buckets in lib/policy/guardrails.',
    test: {
      by: 'hand',
      steps:
        'In an account under the guardrails, make an access point to the bucket of assets and put an object through it.',
      because: ORGANISATION,
    },
    checked: REVIEWED,
  },
];
