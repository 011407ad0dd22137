/** Pieces that several pages show: who shares with whom, what is withheld, where to go from here. */
import { durationInWords, STATE_IN_WORDS } from '../../register';
import { inWords } from '../../register/calendar';
import {
  andList,
  type Block,
  definitions,
  type Entry,
  heading,
  lines,
  link,
  listed,
  paragraph,
  say,
  type Words,
} from '../../words';
import { ABOUT_ME, agreementPath, FRONT, leading, organisationPath } from '../paths';
import type { PublicAgreement, PublicOrganisation, PublicShare } from '../public-record';

/** What stands in the place of what is withheld. */
export const WITHHELD = 'Withheld';

/** The first lines of a page: the ways back. */
export function ways(from: string): Block {
  return paragraph(
    say`${link('All that is shared', leading(from, FRONT))} · ${link('What about me?', leading(from, ABOUT_ME))}`,
  );
}

export function organisationLink(from: string, { id, name }: PublicOrganisation): Words {
  return link(name, leading(from, organisationPath(id)));
}

export function agreementLink(from: string, { id, title }: PublicAgreement): Words {
  return link(title, leading(from, agreementPath(id)));
}

/** The owners, or the recipients, each once. */
export function partiesIn(
  from: string,
  { shares }: Pick<PublicAgreement, 'shares'>,
  part: 'owner' | 'recipient',
): Words {
  if (shares === undefined) return WITHHELD;
  const named = new Map(shares.map((each) => [each[part].id, each[part]]));
  return andList([...named.values()].map((each) => organisationLink(from, each)));
}

/** `in force`, or for several recipients what it is for each. */
export function stateOf({ shares }: PublicAgreement): Words {
  const states = [...new Set((shares ?? []).flatMap(({ state }) => state ?? []))];
  if (states.length === 0) return WITHHELD;
  if (states.length === 1) return capitals(STATE_IN_WORDS[states[0] as NonNullable<PublicShare['state']>]);
  return lines(
    (shares ?? []).map(
      ({ recipient, state }) =>
        say`${recipient.name}: ${state === undefined ? WITHHELD : STATE_IN_WORDS[state]}`,
    ),
  );
}

/** The same, with what it means where people may not know. */
export function stateExplained(agreement: PublicAgreement): Words {
  const state = stateOf(agreement);
  return stateIfNothingIsShared(agreement) === STATE_IN_WORDS['awaiting-approval']
    ? say`${state}: nothing is shared until each of these organisations has signed the agreement`
    : state;
}

/** `ended`, `to come` and so on, where that is so for whoever gets it; undefined where something is shared, or it is withheld. */
export function stateIfNothingIsShared({ shares = [] }: PublicAgreement): string | undefined {
  const [first, ...others] = new Set(shares.map(({ state }) => state));
  return first === undefined || first === 'in-force' || others.length > 0 ? undefined : STATE_IN_WORDS[first];
}

/** When it begins and ends. */
export function daysOf({ starts, ends }: PublicAgreement): Words {
  const day = (each: typeof starts) => (each === undefined ? '(withheld)' : inWords(each));
  return starts === undefined && ends === undefined ? WITHHELD : say`${day(starts)} to ${day(ends)}`;
}

export function keptFor({ retention }: PublicAgreement): Words {
  return retention === undefined ? WITHHELD : `Up to ${durationInWords(retention.period)}`;
}

export function oneOrList(items: readonly string[] | undefined): Words {
  if (items === undefined) return WITHHELD;
  return listed(items);
}

/** An agreement in short: who gets what, why, under which law, for how long, and the way to all of it. */
export function inShort(from: string, agreement: PublicAgreement): Block[] {
  const entries: Entry[] = [
    // First, or what is over reads as if it went on.
    ['State today', stateExplained(agreement)],
    ['What is shared', oneOrList(agreement.items)],
    // “Their carers” are somebody’s: the others say whose.
    ['Whom it is about', agreement.subjects?.length === 0 ? 'Nobody' : oneOrList(agreement.subjects)],
    ['Who shares it', partiesIn(from, agreement, 'owner')],
    ['Who gets it', partiesIn(from, agreement, 'recipient')],
    ['Why', agreement.aim ?? WITHHELD],
    ['What it may not be used for', oneOrList(agreement.prohibitedUses)],
    ['Which law permits it', agreement.gateway ?? WITHHELD],
    ['When it is shared', daysOf(agreement)],
    ['How long whoever gets it keeps it', keptFor(agreement)],
  ];
  return [heading(2, agreementLink(from, agreement)), definitions(entries)];
}

function capitals(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
