/** “What about me?”: the groups of people, and for each who gets what about them. */
import {
  andList,
  type Document,
  heading,
  lines,
  link,
  list,
  paragraph,
  say,
  table,
  type Words,
} from '../../words';
import type { Group } from '../groups';
import { ABOUT_ME, groupPath, leading } from '../paths';
import type { PublicAgreement, PublicRecord } from '../public-record';
import { agreementLink, inShort, partiesIn, stateIfNothingIsShared, WITHHELD, ways } from './told';

/** The list of groups. */
export function peoplePage({ agreements }: PublicRecord, groups: readonly Group[]): Document {
  const hidden = agreements.filter(({ withheld }) => withheld.includes('data.subjects'));
  return [
    ways(ABOUT_ME),
    heading(1, 'What about me?'),
    paragraph(
      'Choose a group of people that you belong to. Groups are called what the agreements call them: beside each stands what is shared about it.',
    ),
    table(
      ['People', 'What is shared about them', 'Who gets it'],
      groups.map(({ name, slug, whose, agreements: naming }) => [
        withWhose(link(name, leading(ABOUT_ME, groupPath(slug))), whose),
        lines(
          naming.map((each) => {
            const state = stateIfNothingIsShared(each);
            const named = agreementLink(ABOUT_ME, each);
            return state === undefined ? named : say`${named} (${state})`;
          }),
        ),
        partiesOfAll(naming),
      ]),
    ),
    ...(hidden.length === 0
      ? []
      : [
          heading(2, 'Groups that are withheld'),
          paragraph('These agreements do not tell whom their data is about:'),
          list(hidden.map((each) => agreementLink(ABOUT_ME, each))),
        ]),
    paragraph('This page knows nothing about you, and asks nothing: it is the same for everybody.'),
  ];
}

/** `Their partners (of: People with a live Housing Benefit claim)` */
function withWhose(name: Words, whose: readonly string[]): Words {
  return whose.length === 0 ? name : say`${name} (of: ${andList(whose)})`;
}

/** Who gets it, each once. */
function partiesOfAll(agreements: readonly PublicAgreement[]): Words {
  const shares = agreements.map((each) => each.shares);
  if (shares.every((each) => each === undefined)) return WITHHELD;
  return partiesIn(ABOUT_ME, { shares: shares.flatMap((each) => each ?? []) }, 'recipient');
}

/** One group. */
export function groupPage({ name, slug, whose, agreements }: Group): Document {
  const here = groupPath(slug);
  return [
    ways(here),
    heading(1, name),
    ...(whose.length === 0 ? [] : [paragraph(say`Of: ${andList(whose)}.`)]),
    paragraph('Who gets what about them, and why.'),
    ...agreements.flatMap((each) => inShort(here, each)),
    heading(2, 'Your rights'),
    paragraph(RIGHTS),
  ];
}

/** The mailboxes of the register are for the parties. */
export const RIGHTS =
  'You have rights over what is held about you: to see it, to have it corrected, and others that depend on the law named here. Ask any of these organisations: its own website says where to write to its data protection officer. If you are not content with the answer, you may complain to it, and to the Information Commissioner, or the Information Commission that takes its place.';
