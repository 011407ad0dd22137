/** Assumptions on how a stack that was deleted, or a StackSet that is stuck, is brought back. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';

export const RECOVERING: readonly Assumption[] = [
  {
    id: 'kept-resources-are-imported',
    assumes:
      'CloudFormation makes a stack by importing keys, a bucket with its policy, queues, tables and log groups that outlived another, and the next deployment finds nothing of them to change.',
    source: {
      says: 'open',
      page: `${GUIDES.cloudFormation}/UserGuide/resource-import-supported-resources.html`,
    },
    rests:
      'That an organisation’s stack, the zone’s and the engine’s are made again after they were deleted.',
    ifFalse: {
      how: 'closed',
      what: 'the change set fails, and says of which resource; nobody can read what lies there until the stack is made with what CloudFormation takes',
    },
    mend: 'Say by what the kind is known, in KNOWN_BY in lib/rollout/recovery/taking-in.ts, or have it deleted by hand and made anew where it holds nothing.',
    test: {
      by: 'hand',
      steps:
        'In a sandbox account deploy an organisation, deposit a file, take off the protection, delete the stack, and do what `npx concordat recover` prints. The file must be readable as before, by its key.',
      because: 'it deletes a stack that is protected, and an administrator imports with the guardrails off',
    },
    checked: REVIEWED,
  },
  {
    id: 'stopped-operation-lets-the-next-begin',
    assumes:
      'An operation of a StackSet that is stopped begins nothing more, does not wait for an account that hangs, and lets the next one begin.',
    source: { says: 'open', page: `${GUIDES.cloudFormation}/APIReference/API_StopStackSetOperation.html` },
    rests: 'That a baseline which is stuck in one account holds up no other for long.',
    ifFalse: {
      how: 'told',
      what: 'the next operation stays queued, until CloudFormation gives up on the account that hangs',
    },
    mend: 'Put that account’s stack right first, in that account, and say so in docs/recovery.md.',
    test: {
      by: 'hand',
      steps:
        'Give a StackSet of two sandbox accounts a template with a wait condition of an hour, stop the operation in the middle, and update it with the template of before.',
      because: 'only the management account of an AWS organisation can do it',
    },
    checked: REVIEWED,
  },
];
