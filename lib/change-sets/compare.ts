/** Whether a change set does what the plan says, and nothing else: types, logical ids, actions, replacements, and the template itself. */
import type { Change, ChangeSet } from './change-set';
import type { Expected, Side } from './expected';

/** One thing in which a change set is not what was planned. */
export type Departure =
  /** The template is another. */
  | { readonly kind: 'template' }
  /** The plan has nothing for this resource. */
  | { readonly kind: 'not-planned'; readonly id: string; readonly type: string; readonly action: string }
  | { readonly kind: 'type'; readonly id: string; readonly type: string; readonly planned: string }
  | { readonly kind: 'action'; readonly id: string; readonly action: string; readonly planned: string }
  /** It would be replaced, or might be, and the plan does not say so. */
  | { readonly kind: 'replaced'; readonly id: string; readonly type: string }
  /** The plan changes it, and the change set does not. */
  | { readonly kind: 'missing'; readonly id: string; readonly planned: string };

const ACTIONS = { add: 'Add', modify: 'Modify', remove: 'Remove' } as const;

/**
 * Everything in which a change set departs from the plan; nothing where it may be executed.
 *
 * CloudFormation also lists resources that refer to one that changes, since it does not know yet whether what they refer to
 * changes. Such a one passes if the one that it refers to is itself planned and stays in place.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html
 */
export function departuresOf({ changes, template }: ChangeSet, expected: Expected, side: Side): Departure[] {
  const there = new Map(changes.map((each) => [each.id, each]));
  return [
    ...(template === expected.templates[side] ? [] : [{ kind: 'template' } as const]),
    ...changes.flatMap((change) => departureOf(change, expected, there)),
    ...[...expected.resources].flatMap(([id, { action, maySeeNone }]): Departure[] =>
      there.has(id) || maySeeNone ? [] : [{ kind: 'missing', id, planned: ACTIONS[action] }],
    ),
  ];
}

function departureOf(
  change: Change,
  { resources }: Expected,
  there: ReadonlyMap<string, Change>,
): Departure[] {
  const { id, type, action } = change;
  const planned = resources.get(id);
  const staysByItself =
    change.details.length > 0 &&
    change.details.every(
      (each) => each.recreates === 'Never' || (each.evaluation === 'Dynamic' && stays(each.cause)),
    );
  function stays(cause: string | undefined): boolean {
    const other = cause === undefined ? undefined : there.get(cause);
    // What is new or goes is replaced by nothing, and yet another thing than what was referred to.
    return other?.action === 'Modify' && resources.has(other.id) && other.replacement === 'False';
  }
  if (planned === undefined) {
    const isOfWords = change.scope.length > 0 && change.scope.every((each) => each === 'Metadata');
    const follows =
      change.details.length > 0 &&
      change.details.every(({ evaluation, cause }) => evaluation === 'Dynamic' && stays(cause));
    return action === 'Modify' && change.replacement !== 'True' && (isOfWords || follows)
      ? []
      : [{ kind: 'not-planned', id, type, action }];
  }
  if (type !== planned.type) return [{ kind: 'type', id, type, planned: planned.type }];
  if (action !== ACTIONS[planned.action])
    return [{ kind: 'action', id, action, planned: ACTIONS[planned.action] }];
  if (action !== 'Modify' || planned.replaces || change.replacement === 'False') return [];
  return change.replacement === 'Conditional' && staysByItself ? [] : [{ kind: 'replaced', id, type }];
}
