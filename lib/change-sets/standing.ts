/** What a stack stands at, judged by what it runs and not by what was asked of it. */
import type { StackState } from '../wire';
import type { StackNow } from './change-set';
import type { Expected, Side } from './expected';

/** What is seen of a stack. */
export type Seen = Pick<StackState, 'standing' | 'runs' | 'found' | 'why'>;
type Runs = StackState['runs'];

/** Stacks that CloudFormation can change. */
const SOUND = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);
/** A stack for which a change set was made, and which was never created. */
const ONLY_PLANNED = 'REVIEW_IN_PROGRESS';
/** Why what somebody else deployed is left alone. */
const NOT_OURS = 'it runs something else than the plan was made from: make a new plan';

/** Whether nothing is under way in a stack of such a status. */
export function isStill(status = ''): boolean {
  return !status.endsWith('_IN_PROGRESS') || status === ONLY_PLANNED;
}

/** Whether it was never created: there is a change set for it, and nothing else. */
export function isOnlyPlanned(status: string | undefined): boolean {
  return status === ONLY_PLANNED;
}

/** Which template a stack runs. */
export function runsOf({ status, template }: StackNow, { templates }: Pick<Expected, 'templates'>): Runs {
  // A stack whose creation went back still shows its template, and has nothing of it.
  const hasNothing =
    status === ONLY_PLANNED || status === 'ROLLBACK_COMPLETE' || status === 'DELETE_COMPLETE';
  if (status === undefined || template === undefined || hasNothing) return 'nothing';
  if (template === templates.after) return 'after';
  return template === templates.before ? 'before' : 'neither';
}

/** What is to come of a stack that is looked at. */
export interface Wanted {
  readonly stack: string;
  readonly side: Side;
  /** Whether it was there before. */
  readonly wasThere: boolean;
  /** Whether this rollout may have begun to change it. */
  readonly wasBegun: boolean;
}

/** What is settled before anything is done; undefined where the change is to be made. */
export function standingOf(
  { stack, side, wasThere, wasBegun }: Wanted,
  { status, reason }: StackNow,
  runs: Runs,
): Seen | undefined {
  const isSound = status === undefined || status === ONLY_PLANNED || SOUND.has(status);
  const told = [`${stack} is in ${status}`, ...(reason ? [reason] : [])];
  if (!isSound && runs === 'nothing') return { standing: 'failed', runs, why: told };
  if (!isSound) return { standing: 'stuck', runs, why: told };
  if (runs === side)
    return side === 'before'
      ? { standing: 'back', runs }
      : { standing: 'through', runs, ...(!wasBegun && { found: true }) };
  const from = side === 'before' ? 'after' : wasThere ? 'before' : 'nothing';
  return runs === from ? undefined : { standing: 'stuck', runs, why: [NOT_OURS] };
}

/** What came of a change, by what the stack runs once nothing is under way in it. @param why what went wrong so far */
export function cameOf(side: Side, now: StackNow, runs: Runs, why: readonly string[]): Seen {
  const isSound = now.status !== undefined && SOUND.has(now.status);
  if (isSound && runs === side)
    return {
      standing: side === 'after' ? 'through' : 'back',
      runs,
      ...(now.reason && { why: [now.reason] }),
    };
  const told = [
    `CloudFormation ended in ${now.status ?? 'no stack'}`,
    ...(runs === 'neither' ? [NOT_OURS] : []),
    ...(now.reason ? [now.reason] : []),
    ...why,
  ];
  const isAsBefore = side === 'after' && (isSound ? runs === 'before' : runs === 'nothing');
  return { standing: isAsBefore ? 'failed' : 'stuck', runs, why: told };
}

/** What is wrong where CloudFormation sees nothing that changes. */
export function unseen({ resources }: Pick<Expected, 'resources'>): string[] {
  return [...resources].flatMap(([id, { maySeeNone }]) =>
    maySeeNone ? [] : [`${id} is to change, and CloudFormation sees no change`],
  );
}
