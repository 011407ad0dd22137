/** Gains and losses of access, in sentences. */
import {
  type Deed,
  isAssumed,
  tellAs,
  tellAsker,
  tellBasis,
  tellFindingReason,
  tellLeft,
  tellParty,
  tellResource,
} from '../../proof';
import { inWords } from '../../register/calendar';
import { andList, code, joined, plural, say, type Words } from '../../words';
import { type Hole, type HoleChange, type HoleGroup, type HoleResource, holeGroups, holeIn } from '../holes';
import type { Plan } from '../plan';
import { type Absence, type GivenShare, type ShareChange, widensShare } from '../shares';
import type { Told } from './told';

/** Why it is gained, or lost, by what the side that lacks it says. */
const ABSENCES: Readonly<Record<Absence, readonly [gained: string, lost: string]>> = {
  'no such agreement': ['the agreement is new', 'the agreement is no longer in the register'],
  'another owner': ['the agreement had another owner', 'the agreement has another owner'],
  'not a recipient': ['it is a new recipient', 'it is no longer a recipient'],
  'another account': ['one of the two had another account', 'one of the two has another account'],
  ended: ['the agreement was over', 'the agreement is over'],
  'awaiting approval': [
    'it was not approved by all its parties',
    'it is not approved by all its parties, as its terms are now',
  ],
  suspended: ['the agreement was suspended', 'the agreement is suspended'],
  paused: ['one of the two was paused', 'one of the two is paused'],
  'no day left': ['no day was left', 'no day is left'],
};

/** A share that is gained, lost, or has other days. */
export function tellShare(change: ShareChange, { abandoned }: Pick<Plan, 'abandoned'>): Told {
  const { before, after, absence } = change;
  const widens = widensShare(change);
  const because = (n: 0 | 1) => (absence === undefined ? '' : `; ${ABSENCES[absence][n]}`);
  if (after !== undefined && before === undefined)
    return {
      mark: '+',
      sentence: say`${after.recipient.name} gains read on ${whatOf(after)}, ${daysOf(after)}${because(0)}`,
      more: [],
      widens,
    };
  if (before !== undefined && after === undefined)
    return {
      mark: '-',
      sentence: say`${before.recipient.name} loses read on ${whatOf(before)}, which it had ${daysOf(before)}${because(1)}`,
      more: abandoned.has(before.owner.account)
        ? ['only once the owner’s stacks are deleted by hand: no template makes them any more']
        : [],
      widens,
    };
  if (before === undefined || after === undefined) throw new Error('a change of nothing');
  if (after.from > before.until || after.until < before.from)
    return {
      mark: '~',
      sentence: say`${after.recipient.name} has read on ${whatOf(after)} on other days: ${daysOf(after)} in place of ${daysOf(before)}`,
      more: [],
      widens,
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
      ? ['the same organisations under another name']
      : []),
  ];
  return {
    mark: '~',
    sentence: say`${after.recipient.name} keeps read on ${whatOf(after)}: ${days.join(', ')}`,
    more: [],
    widens,
  };
}

function whatOf({ agreement, owner }: GivenShare): Words {
  return say`${code(agreement)} of ${owner.name}`;
}

function daysOf({ from, until }: GivenShare): string {
  return `${inWords(from)} to ${inWords(until)}`;
}

const DEEDS: Readonly<Partial<Record<Deed, string>>> = {
  'change policy': 'changing policies',
  look: 'looking at settings',
  grant: 'making grants',
  'end grant': 'ending grants',
  'anything else': 'actions of another kind',
};

/**
 * Differences between templates and agreements that come, go or may have grown: a sentence for each organisation, owner and
 * deed, with all the callers that it is about.
 */
export function tellHoles(changes: readonly HoleChange[], plan: Pick<Plan, 'named'>): Told[] {
  return holeGroups(changes).map((group) => tellGroup(group, plan));
}

function tellGroup(
  { changes, gains, keeps, unclear, widens }: HoleGroup,
  { named }: Pick<Plan, 'named'>,
): Told {
  const holes = changes.map(holeIn);
  const { kind, owner, asker, deed, basis, example } = holeIn(changes[0]);
  const owners = distinct(holes.map((each) => tellParty(each.owner)));
  // Of several, what the first of them loses shows what all do.
  const shown = changes.filter((each) => tellParty(holeIn(each).owner) === owners[0]);
  const isExtra = kind === 'extra';
  const whose = asker.party.kind === 'organisation' ? named.get(asker.party.id)?.name : undefined;
  const who = whose ?? tellAsker(asker);
  const actions = distinct(holes.flatMap((each) => each.actions)).map(code);
  const doing = say`${DEEDS[deed] ?? deed}${actions.length === 0 ? undefined : say` (${joined(actions, ', ')})`}`;
  const ownerName = owner.kind === 'organisation' ? named.get(owner.id)?.name : undefined;
  const what = say`${doing} on what ${ownerName ?? tellParty(owner)} holds`;
  const by = isExtra
    ? 'which nothing in the register gives'
    : `which ${basis === undefined ? 'it should' : tellBasis(basis)} gives`;
  const more = [
    ...(whose === undefined ? [] : distinct(holes.flatMap(({ asker: each }) => asWhat(each)))),
    ...some(distinct(holes.flatMap(({ resources }) => resources.map(resourceName).sort()))),
    ...distinct(
      shown.map(holeIn).flatMap(({ because }) =>
        // That an account may give its own people every permission is no news.
        because.filter((each) => !isAssumed(each)).map(tellFindingReason),
      ),
    ),
    ...distinct(shown.flatMap(({ statements }) => statements.map(tellStatement))),
    ...exampleOf(example),
  ];
  if (owners.length > 1)
    return {
      mark: '-',
      sentence: say`${plural(owners.length, 'organisation')} lose ${doing} on what each of them holds itself, ${by}`,
      more,
      widens,
    };
  if (keeps)
    return {
      mark: '~',
      sentence: say`${who} keeps ${what}, which the register gave before and does not any more`,
      more,
      widens,
    };
  if (unclear)
    return {
      mark: '~',
      sentence: say`${who} ${isExtra ? 'has' : 'lacks'} ${what}, ${by}, before and after; what that rests on has changed, so it may be more now`,
      more,
      widens,
    };
  return {
    mark: gains ? '+' : '-',
    sentence: say`${who} ${gains ? 'gains' : 'loses'} ${what}, ${by}`,
    more,
    widens,
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function asWhat(asker: Hole['asker']): string[] {
  const as = [tellAs(asker), tellLeft(asker)].filter((each) => each !== undefined);
  return as.length === 0 ? [] : [`as ${as.join(', ')}`];
}

function resourceName(resource: HoleResource): string {
  return 'place' in resource ? tellResource(resource) : resource.accessPoint;
}

const SHOWN = 3;

function some(resources: readonly string[]): Words[] {
  if (resources.length === 0) return [];
  const shown = resources.slice(0, SHOWN).map(code);
  const rest = resources.length - SHOWN;
  return [say`on ${andList(rest > 0 ? [...shown, `${rest} more`] : shown)}`];
}

function tellStatement({ before, after }: HoleChange['statements'][number]): string {
  const { name, place } = after ?? before ?? { name: '', place: '' };
  const verb = before === undefined ? 'new' : after === undefined ? 'gone' : 'changed';
  return `${verb} statement: '${name}' of '${place}'`;
}

function exampleOf(example: Hole['example']): string[] {
  const when = Object.entries(example).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return when.length === 0 ? [] : [`for example when ${when.join(', ')}`];
}

/** A difference as programs read it. */
export function plainHole({ kind, owner, asker, deed, actions, resources, basis, because, example }: Hole) {
  return {
    kind,
    owner: tellParty(owner),
    who: tellAsker(asker),
    can: deed,
    actions,
    resources: resources.map(resourceName).sort(),
    ...(basis !== undefined && { entitledBy: tellBasis(basis) }),
    because: because.map(tellFindingReason),
    example,
    asker,
  };
}
