/** What a stack stands at, whether its change set is as planned, and what came of it. */
import {
  cameOf,
  departuresOf,
  departureWords,
  type Expected,
  isOnlyPlanned,
  isStill,
  runsOf,
  SEES_NO_CHANGE,
  type Seen,
  type Side,
  type StackNow,
  standingOf,
  templateDigest,
  unseen,
} from '../../lib/change-sets';
import { described } from '../../lib/runtime';
import type { StackOrder } from '../../lib/wire';
import type { Account, Described } from './ports';

/** To which side a stack is brought; `close` only waits for what is under way in it. */
export type Aim = Side | 'close';

/** What this engine wrote down of the stack last. */
export interface Noted {
  readonly plan: string;
  readonly standing: string;
  readonly found: boolean;
}

/** An answer. `leave`: nothing of this rollout is in the stack. `seen` comes with `over` alone. */
export type Answer =
  | { readonly is: 'wait' | 'leave'; readonly runs: 'unknown' }
  | { readonly is: 'over'; readonly seen: Seen }
  | { readonly is: 'planned' }
  | { readonly is: 'change'; readonly runs: Seen['runs'] };

/** Looks at a stack before anything is done. */
export async function look(
  order: StackOrder,
  aim: Aim,
  plan: string,
  noted: Noted | undefined,
  account: Account,
): Promise<Answer> {
  const open = ['begun', 'through', 'stuck'];
  const wasBegun =
    noted !== undefined && noted.plan === plan && !noted.found && open.includes(noted.standing);
  // What is put back is what this rollout changed, and nothing else.
  if (aim !== 'after' && !wasBegun) return { is: 'leave', runs: 'unknown' };
  const found = await account.stack(order.stack);
  if (found !== undefined && !isStill(found.status)) return { is: 'wait', runs: 'unknown' };
  const now = await nowOf(order, found, account);
  const runs = runsOf(now, templatesOf(order));
  const wasThere = order.before !== undefined;
  // CloudFormation can change back what it changed; what is new stays, and what is only waited for is as it is.
  if (aim === 'close' || (aim === 'before' && !wasThere))
    return { is: 'over', seen: cameOf('after', now, runs, []) };
  const seen = standingOf({ stack: order.stack, side: aim, wasThere, wasBegun }, now, runs);
  if (seen !== undefined) return { is: 'over', seen };
  return { is: 'change', runs };
}

/**
 * Has CloudFormation make the change set that brings a stack to a side.
 * @returns whether it is to be asked again: one of an earlier run was there, which may be of another state of the stack
 */
export async function prepare(
  order: StackOrder,
  side: Side,
  account: Account,
): Promise<{ readonly is: 'making' | 'wait' }> {
  const { stack } = order;
  const changeSet = changeSetName(order, side);
  const found = await account.stack(stack);
  const { url, role, parameters } = sideOf(order, side);
  const isNew = found === undefined || isOnlyPlanned(found.status);
  const made = await account.make({
    stack,
    changeSet,
    isNew,
    templateUrl: url,
    role,
    kept: parameters.filter((each) => found?.parameters.includes(each)),
    // What goes back is not to be kept by the alarm that sends it back.
    alarms: side === 'after' && !isNew ? order.alarms : [],
    watch: order.watch,
  });
  if (made === 'making') return { is: 'making' };
  await account.discard(stack, changeSet);
  return { is: 'wait' };
}

/** Tells CloudFormation to begin. It may have heard even where the answer is lost. */
export function execute(order: StackOrder, side: Side, account: Account): Promise<void> {
  return account.execute(order.stack, changeSetName(order, side));
}

/** Deletes a change set that is not to be executed, and the empty stack that was made for it. */
export async function discard(order: StackOrder, side: Side, account: Account): Promise<void> {
  await account.discard(order.stack, changeSetName(order, side));
  if (isOnlyPlanned((await account.stack(order.stack))?.status)) await account.deleteEmpty(order.stack);
}

/** Holds the change set against the plan, once it is made. */
export async function compare(
  order: StackOrder,
  side: Side,
  runs: Seen['runs'],
  account: Account,
): Promise<Answer> {
  const { stack } = order;
  const name = changeSetName(order, side);
  const { status, reason: given, changes } = await account.changeSet(stack, name);
  if (/_(?:PENDING|IN_PROGRESS)$/.test(status)) return { is: 'wait', runs: 'unknown' };
  const expected = expectedOf(order, side);
  const isUnseen = status !== 'CREATE_COMPLETE' && SEES_NO_CHANGE.test(given);
  const against = isUnseen
    ? unseen(expected)
    : status !== 'CREATE_COMPLETE'
      ? [`CloudFormation could not make the change set: ${given}`]
      : departuresOf(
          { changes, template: templateDigest(await account.template(stack, name)) },
          expected,
          side,
        ).map(departureWords);
  if (!isUnseen && against.length === 0) return { is: 'planned' };
  if (against.length === 0)
    return { is: 'over', seen: { standing: side === 'after' ? 'through' : 'back', runs } };
  return {
    is: 'over',
    seen: {
      standing: side === 'after' ? 'failed' : 'stuck',
      runs,
      why: ['its change set is not what was planned', ...against],
    },
  };
}

/** What came of a change that was begun; what is new is protected against deletion. @param heard what went wrong as it was told to begin */
export async function came(
  order: StackOrder,
  side: Side,
  heard: readonly string[],
  account: Account,
): Promise<Answer> {
  const found = await account.stack(order.stack);
  if (found !== undefined && !isStill(found.status)) return { is: 'wait', runs: 'unknown' };
  const now = await nowOf(order, found, account);
  const seen = cameOf(side, now, runsOf(now, templatesOf(order)), heard);
  if (!order.protects || found?.status !== 'CREATE_COMPLETE' || found.isProtected)
    return { is: 'over', seen };
  const why = await account.protect(order.stack).then(
    () => [],
    (error: unknown) => [`it could not be protected against deletion (${described(error)})`],
  );
  return { is: 'over', seen: { ...seen, why: [...(seen.why ?? []), ...why] } };
}

async function nowOf(
  { stack }: StackOrder,
  found: Described | undefined,
  account: Account,
): Promise<StackNow> {
  if (found === undefined) return {};
  const { status } = found;
  const reason = /ROLLBACK|FAILED/.test(status) ? await account.reasons(stack) : '';
  return {
    status,
    ...(reason !== '' && { reason }),
    ...(!isOnlyPlanned(status) && { template: templateDigest(await account.template(stack)) }),
  };
}

function sideOf(order: StackOrder, side: Side): StackOrder['after'] {
  const found = order[side];
  if (found === undefined) throw new TypeError(`${order.stack} has no earlier side`);
  return found;
}

function expectedOf(order: StackOrder, side: Side): Expected {
  const { resources } = sideOf(order, side);
  return {
    ...templatesOf(order),
    resources: new Map(resources.map(({ id, ...change }) => [id, change])),
  };
}

function templatesOf({ before, after }: StackOrder): Pick<Expected, 'templates'> {
  return { templates: { after: after.template, ...(before && { before: before.template }) } };
}

/** By its name a later run knows it; that of one that puts back ends otherwise. */
function changeSetName({ changeSet }: StackOrder, side: Side): string {
  return side === 'after' ? changeSet : `${changeSet}-back`;
}
