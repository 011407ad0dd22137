/** Gains and losses of access, in sentences. */
import { inWords } from '../register/calendar';
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

/** The statement that stands for whatever an account allows its own people, which is news to nobody. */
const OWN_SAY = /^statement 1 of 'whatever its own account lets it do'/;

/**
 * Differences between templates and agreements that come, go or may have grown: a sentence for each body, owner and deed, with
 * all the callers that it is about.
 */
export function tellHoles(changes: readonly HoleChange[], plan: Pick<Plan, 'parties'>): Told[] {
  const groups = new Map<string, HoleChange[]>();
  for (const change of changes) {
    const hole = holeIn(change);
    const { body } = callerOf(hole, plan);
    const key = JSON.stringify([
      ...[gains(change), change.unclear, hole.kind, hole.owner, body, hole.can, hole.entitledBy],
    ]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((group) => tellGroup(group, plan));
}

function tellGroup(group: readonly HoleChange[], plan: Pick<Plan, 'parties'>): Told {
  const [first] = group;
  if (first === undefined) throw new Error('a change of nothing');
  const hole = holeIn(first);
  const { body } = callerOf(hole, plan);
  const holes = group.map(holeIn);
  const all = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
  const actions = all(holes.map((each) => each.actions)).map((each) => `\`${each}\``);
  const doing = `${DEEDS[hole.can] ?? hole.can}${actions.length === 0 ? '' : ` (${actions.join(', ')})`}`;
  const what = `${doing} on what ${plan.parties.get(hole.owner)?.name ?? hole.owner} holds`;
  const isExtra = hole.kind === 'extra';
  const by = isExtra
    ? 'which nothing in the register gives'
    : `which ${hole.entitledBy ?? 'it should'} gives`;
  const gained = gains(first);
  const more = [
    ...all(holes.map((each) => callerOf(each, plan).as)).map((as) => `as ${as}`),
    ...some(all(holes.map((each) => each.resources))),
    ...all(holes.map((each) => each.because)).filter((each) => !OWN_SAY.test(each)),
    ...all(group.map(({ statements }) => statements.map(tellStatement))),
    ...exampleOf(hole),
  ];
  if (first.unclear)
    return {
      mark: '~',
      sentence: `${body} ${isExtra ? 'has' : 'lacks'} ${what}, ${by}, before and after; what that rests on has changed, so it may be more now`,
      more,
      widens: true,
    };
  return {
    mark: gained ? '+' : '-',
    sentence: `${body} ${gained ? 'gains' : 'loses'} ${what}, ${by}`,
    more,
    // What was missing and is not implied any more is told as gained too: to be sure, it counts.
    widens: gained,
  };
}

function holeIn({ before, after }: HoleChange): Hole {
  const hole = after ?? before;
  if (hole === undefined) throw new Error('a change of nothing');
  return hole;
}

function gains(change: HoleChange): boolean {
  return (change.after !== undefined) === (holeIn(change).kind === 'extra');
}

/** The proof’s words, `fife (role/x, whatever its own account lets it do)`, as the name of the body and the rest. */
function callerOf({ who }: Hole, { parties }: Pick<Plan, 'parties'>): { body: string; as: string[] } {
  const [, id = who, as] = /^(\S+) \((.*)\)$/s.exec(who) ?? [];
  const body = parties.get(id)?.name;
  return body === undefined ? { body: who, as: [] } : { body, as: as === undefined ? [] : [as] };
}

const SHOWN = 3;

function some(resources: readonly string[]): string[] {
  if (resources.length === 0) return [];
  const shown = resources.slice(0, SHOWN).map((each) => `\`${each}\``);
  const rest = resources.length - SHOWN;
  return [`on ${andList(rest > 0 ? [...shown, `${rest} more`] : shown)}`];
}

function tellStatement({ before, after }: HoleChange['statements'][number]): string {
  const { name, place } = after ?? before ?? { name: '', place: '' };
  const verb = before === undefined ? 'new' : after === undefined ? 'gone' : 'changed';
  return `${verb} statement: '${name}' of '${place}'`;
}

function exampleOf({ example }: Hole): string[] {
  const when = Object.entries(example).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return when.length === 0 ? [] : [`for example when ${when.join(', ')}`];
}
