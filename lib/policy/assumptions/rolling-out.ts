/** Assumptions on what CloudFormation shows and does as a plan is carried out over many accounts. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

const BY_HAND = 'it needs a deployed organisation, with an earlier and a later assembly';
const SMALL = 'Change the threshold of one alarm, make a plan, and `rollout` it to one organisation';

export const ROLLING_OUT: readonly Assumption[] = [
  {
    id: 'template-as-it-was-submitted',
    assumes:
      'CloudFormation gives the template of a stack as it was submitted, in ASCII as ours are, and after an update that went back the earlier one.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/APIReference/API_GetTemplate.html` },
    rests: 'What a rollout says that a stack runs, and which stacks it changes.',
    ifFalse: {
      how: 'closed',
      what: 'a stack is told as stuck though nothing is wrong with it, and no other is begun',
    },
    mend: 'Name templates by what CloudFormation gives of them, in templateDigest in lib/rollout/expected.ts.',
    test: {
      by: 'hand',
      steps: `${SMALL}; then once more with an alarm that is set off by hand. Each time the state file must say what the stack runs.`,
      because: BY_HAND,
    },
    checked: REVIEWED,
  },
  {
    id: 'change-set-names-the-cause',
    assumes: 'A change set names, as CausingEntity, the resource that another follows.',
    source: { says: 'so', page: `${GUIDES.cloudFormation}/APIReference/API_ResourceChangeDetail.html` },
    rests: 'That a resource which only refers to one that changes does not count as a change past the plan.',
    ifFalse: { how: 'closed', what: 'change sets are refused that are as planned' },
    mend: 'Read the cause from where CloudFormation gives it, in lib/rollout/aws/change-sets.ts.',
    test: {
      by: 'hand',
      steps: 'Change the description of a function to which an alarm refers, and `rollout` that.',
      because: BY_HAND,
    },
    checked: REVIEWED,
  },
  {
    id: 'under-way-is-shown-in-15-seconds',
    assumes: 'CloudFormation shows a stack as under way within 15 seconds of being told to begin.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/APIReference/API_ExecuteChangeSet.html` },
    rests: 'What a rollout says of a stack right after it has begun to change it.',
    ifFalse: {
      how: 'told',
      what: 'a stack is told as failed while it is under way, and what it runs then counts as somebody else’s',
    },
    mend: 'Wait longer between two looks, by BETWEEN in lib/rollout/one-stack.ts.',
    test: {
      by: 'hand',
      steps: `${SMALL}, and hold the times of its events against those of ExecuteChangeSet in CloudTrail.`,
      because: BY_HAND,
    },
    checked: REVIEWED,
  },
  {
    id: 'alarms-are-asked-as-the-deploying-role',
    assumes:
      'CloudFormation asks for the state of the alarms that it watches as the role that it works as, by cloudwatch:DescribeAlarms.',
    source: { says: 'nothing' },
    rests: 'That CloudFormation puts a stack back where an alarm goes off.',
    ifFalse: { how: 'closed', what: 'updates go back though no alarm went off' },
    mend: 'Give that right to whom CloudFormation asks as, in lib/policy/bootstrap-roles.ts.',
    test: { by: 'hand', steps: `${SMALL} with \`--watch 1\`. It must go through.`, because: BY_HAND },
    checked: REVIEWED,
  },
  {
    id: 'earlier-files-are-still-there',
    assumes: 'Files that were uploaded for the earlier assembly are still in the bucket for assets.',
    source: { says: 'nothing' },
    rests: 'Going back.',
    ifFalse: { how: 'told', what: 'nothing can be put back' },
    mend: 'Upload the files of the earlier assembly with those of the later, in lib/rollout.',
    test: {
      by: 'hand',
      steps: `${SMALL}, then the same with \`--back\`.`,
      because: BY_HAND,
    },
    checked: REVIEWED,
  },
  {
    id: 'drift-is-read-as-the-caller',
    assumes:
      'CloudFormation looks for drift with the rights of whoever has it look, and names itself in aws:CalledVia as it reads.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/UserGuide/using-cfn-stack-drift.html` },
    rests: 'That the role which watches reads settings through CloudFormation, and by itself none.',
    ifFalse: {
      how: 'told',
      what: '`status --live --drift` says of each stack that it could not be looked at for drift, and why',
    },
    mend: 'Let CloudFormation be asked by another condition key in lib/policy/status-policies.ts; never without one.',
    test: {
      by: 'hand',
      steps:
        'As the role that watches, `npx concordat status --live --drift` on one organisation: no stack may be told as not looked at. Then `aws kms get-key-policy` as that role must be refused.',
      because: BY_HAND,
    },
    checked: REVIEWED,
  },
  {
    id: 'scan-names-its-attributes',
    assumes:
      'In a Scan, dynamodb:Attributes has the names that its projection leads to, and dynamodb:Select says SPECIFIC_ATTRIBUTES.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html',
    },
    rests:
      'That whoever watches reads what stacks stand at, and no token with which a wait for approval is ended.',
    ifFalse: { how: 'closed', what: '`status --live` says that the table could not be read' },
    mend: 'Keep tokens in a table of their own, and let the role that watches read the other whole.',
    test: {
      by: 'hand',
      steps:
        'As the role that watches, `npx concordat status --live`; then `aws dynamodb scan --table-name concordat-rollout` must be refused.',
      because: BY_HAND,
    },
    checked: REVIEWED,
  },
  {
    id: 'closed-account-stays-a-principal',
    assumes:
      'S3, KMS, SNS, SQS and IAM take a policy that names an account as a principal, though that account was closed since the policy was written last.',
    source: {
      says: 'open',
      page: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
    },
    rests:
      'That an organisation which closes its account while it is in agreements holds up no change of what others share with it, nor a return to what ran before.',
    ifFalse: {
      how: 'closed',
      what: 'the change is refused and nothing of it is deployed: `rollout` and `status --live` say what to do in the register; nothing is opened, and a stack that cannot go back either is told as stuck',
    },
    mend: 'Say in docs/joining.md that nobody may close an account before what follows the last day of its organisation is rolled out, and have `leave` ask for that.',
    test: {
      by: 'hand',
      steps:
        'Name a sandbox account in the policies of a bucket, an access point, a key, a topic and a queue, and in the trust of a role; close that account; change the Sid of each, and write all of them again.',
      because: 'it closes an account, which is final after 90 days',
    },
    checked: '2026-12-01',
  },
];
