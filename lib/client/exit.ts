/** What a refusal means for whoever runs the command. */
import type { DepositRefusal, SharedRefusal, StoreFailure } from '../delivery';

/** How a command of delivery ends where it does not do what it was asked. */
export type Ending =
  /** As long as what is asked for stays the same, it is refused. */
  | 'refused'
  /** What was given, such as the profile, is not what it must be. */
  | 'faulty'
  /** Nothing is lost: the same command goes on once what is in the way is gone. */
  | 'unfinished';

const SHARED: Readonly<Record<Exclude<SharedRefusal['refused'], 'failed' | 'disk'>, Ending>> = {
  'no-profile': 'faulty',
  'faulty-profile': 'faulty',
  'no-role': 'refused',
  'no-agreement': 'refused',
  'to-come': 'refused',
  over: 'refused',
  'other-account': 'refused',
  'not-signed-in': 'unfinished',
  'session-over': 'unfinished',
  'not-let-in': 'refused',
  'token-refused': 'refused',
  'provider-unseen': 'unfinished',
  'role-denied': 'refused',
  'clock-off': 'refused',
  'deposit-busy': 'unfinished',
  stopped: 'unfinished',
};

const FAILED: Readonly<Record<StoreFailure['kind'], Ending>> = {
  'no-credentials': 'unfinished',
  'credentials-expired': 'unfinished',
  denied: 'refused',
  'no-key': 'unfinished',
  'no-bucket': 'refused',
  clock: 'refused',
  unreachable: 'unfinished',
  'in-between': 'unfinished',
  busy: 'unfinished',
  damaged: 'unfinished',
  changed: 'unfinished',
  unexpected: 'unfinished',
};

/** How a command ends by a refusal that any command may have. */
export function endingOf(refusal: SharedRefusal): Ending {
  switch (refusal.refused) {
    case 'failed':
      return FAILED[refusal.kind];
    case 'disk':
      return refusal.act === 'read' && STAYS.has(refusal.code) ? 'refused' : 'unfinished';
    default:
      return SHARED[refusal.refused];
  }
}

/** What keeps a file from being read until somebody changes it: the same command would be refused again and again. */
const STAYS: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** How a deposit ends by a refusal. */
export function depositEnding(refusal: DepositRefusal): Ending {
  switch (refusal.refused) {
    case 'files':
    case 'nothing-to-send':
    case 'no-file':
    case 'input-needs-name':
    case 'inbox':
    case 'no-inboxes':
    case 'one-name':
      return 'refused';
    default:
      return endingOf(refusal);
  }
}
