/** Where nobody has the right to stop what an organisation shares, or to lift a stop, in sentences. */
import { mayStopAll } from '../../policy';
import type { Member, Register } from '../../register';
import { andList } from '../../words';

/** The most organisations that are named. */
const MOST_NAMED = 8;

/** One sentence for each right that somebody lacks. No right is a choice, so this is no finding. */
export function missingStopRights({
  organisations,
  zone,
}: Pick<Register, 'organisations' | 'zone'>): string[] {
  const members = organisations.filter((each): each is Member => each.membership === 'member');
  const without = (right: 'mayStop' | 'mayLift') =>
    members.filter((each) => each[right] === undefined).map(({ id }) => id);
  const sentence = (who: string, what: string, ids: readonly string[], setting: string) =>
    ids.length === 0 ? [] : [`${who} may ${what} ${named(ids)}: their files have no ${setting}.`];
  return [
    ...sentence(
      mayStopAll(zone) ? 'Only the operator' : 'Nobody',
      'stop what is shared by',
      without('mayStop'),
      'mayStop',
    ),
    ...sentence('Nobody', 'lift a stop at', without('mayLift'), 'mayLift'),
  ];
}

function named(ids: readonly string[]): string {
  const first = [...ids].sort().slice(0, MOST_NAMED);
  return andList(ids.length > first.length ? [...first, `${ids.length - first.length} more`] : first);
}
