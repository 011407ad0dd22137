/** Gains and losses of access, in sentences. */
import { inWords } from '../../register/calendar';
import type { Hole, HoleChange } from './holes';
import type { Plan } from './plan';
import type { Absence, GivenShare, ShareChange } from './shares';
import { andList, type Told } from './told';

/** Why it is gained, or lost, by what the side that lacks it says. */
const ABSENCES: Readonly<Record<Absence, readonly [gained: string, lost: string]>> = {
  'no such agreement': ['the agreement is new', 'the agreement is no longer in the register'],
  'another owner': ['the agreement had another owner', 'the agreement has another owner'],
  'not a recipient': ['it is a new recipient', 'it is no longer a recipient'],
  'another account': ['one of the two had another account', 'one of the two has another account'],
  ended: ['the agreement was over', 'the agreement is over'],
  suspended: ['the agreement was suspended', 'the agreement is suspended'],
  paused: ['one of the two was paused', 'one of the two is paused'],
  'no day left': ['no day was left', 'no day is left'],
};

/** A share that is gained, lost, or has other days. */
export function tellShare(change: ShareChange, { abandoned }: Pick<Plan, 'abandoned'>): Told {
  const { before, after, absence } = change;
  const because = (n: 0 | 1) => (absence === undefined ? '' : `; ${ABSENCES[absence][n]}`);
  if (after !== undefined && before === undefined)
    return {
      mark: '+',
      sentence: `${after.recipient.name} gains read on ${whatOf(after)}, ${daysOf(after)}${because(0)}`,
      more: [],
      widens: true,
    };
  if (before !== undefined && after === undefined)
    return {
      mark: '-',
      sentence: `${before.recipient.name} loses read on ${whatOf(before)}, which it had ${daysOf(before)}${because(1)}`,
      more: abandoned.has(before.owner.account)
        ? ['only once the owner’s stacks are deleted by hand: no template makes them any more']
        : [],
      widens: false,
    };
  if (before === undefined || after === undefined) throw new Error('a change of nothing');
  if (after.from > before.until || after.until < before.from)
    return {
      mark: '~',
      sentence: `${after.recipient.name} has read on ${whatOf(after)} on other days: ${daysOf(after)} in place of ${daysOf(before)}`,
      more: [],
      widens: true,
    };
  const days = [
    ...(after.from < before.from
      ? [`now from ${inWords(after.from)} (was from ${inWords(before.from)})`]
      : []),
    ...(after.from > before.from
      ? [`only from ${inWords(after.from)} (was from ${inWords(before.from)})`]
      : []),
    ...(after.until > before.until
      ? [`extended to ${inWords(after.until)} (was to ${inWords(before.until)})`]
      : []),
    ...(after.until < before.until
      ? [`cut to ${inWords(after.until)} (was to ${inWords(before.until)})`]
      : []),
    ...(after.owner.name !== before.owner.name || after.recipient.name !== before.recipient.name
      ? ['the same bodies under another name']
      : []),
  ];
  return {
    mark: '~',
    sentence: `${after.recipient.name} keeps read on ${whatOf(after)}: ${days.join(', ')}`,
    more: [],
    widens: after.from < before.from || after.until > before.until,
  };
}

function whatOf({ agreement, owner }: GivenShare): string {
  return `\`${agreement}\` of ${owner.name}`;
}

function daysOf({ from, until }: GivenShare): string {
  return `${inWords(from)} to ${inWords(until)}`;
}

const DEEDS: Readonly<Record<string, string>> = {
  'change policy': 'changing policies',
  look: 'looking at settings',
  grant: 'making grants',
  'end grant': 'ending grants',
  'anything else': 'actions of another kind',
};

/** A difference between templates and agreements that comes, goes or may have grown. */
export function tellHole(change: HoleChange, { parties }: Pick<Plan, 'parties'>): Told {
  const hole = change.after ?? change.before;
  if (hole === undefined) throw new Error('a change of nothing');
  const named = (id: string) => parties.get(id)?.name ?? id;
  const who = hole.who.replace(/^\S+/, named);
  const doing = `${DEEDS[hole.can] ?? hole.can}${hole.actions.length === 0 ? '' : ` (${hole.actions.map((each) => `\`${each}\``).join(', ')})`}`;
  const what = `${doing} on what is ${named(hole.owner)}’s`;
  const isExtra = hole.kind === 'extra';
  const by = isExtra
    ? 'which nothing in the register gives'
    : `which ${hole.entitledBy ?? 'it should'} gives`;
  const more = moreOf(change, hole);
  if (change.unclear)
    return {
      mark: '~',
      sentence: `${who} ${isExtra ? 'has' : 'lacks'} ${what}, ${by}, before and after; what that rests on has changed, so it may be more now`,
      more,
      widens: true,
    };
  const gains = (change.after !== undefined) === isExtra;
  return {
    mark: gains ? '+' : '-',
    sentence: `${who} ${gains ? 'gains' : 'loses'} ${what}, ${by}`,
    more,
    // What was missing and is not implied any more is told as gained too: to be sure, it counts.
    widens: gains,
  };
}

const SHOWN = 3;

function moreOf({ statements }: HoleChange, { resources, because, example }: Hole): string[] {
  const some = [
    ...resources.slice(0, SHOWN).map((each) => `\`${each}\``),
    ...(resources.length > SHOWN ? [`${resources.length - SHOWN} more`] : []),
  ];
  const when = Object.entries(example).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [
    ...(some.length === 0 ? [] : [`on ${andList(some)}`]),
    ...because,
    ...statements.map(({ before, after }) => {
      const { name, place } = after ?? before ?? { name: '', place: '' };
      const verb = before === undefined ? 'new' : after === undefined ? 'gone' : 'changed';
      return `${verb} statement: '${name}' of '${place}'`;
    }),
    ...(when.length === 0 ? [] : [`for example when ${when.join(', ')}`]),
  ];
}
