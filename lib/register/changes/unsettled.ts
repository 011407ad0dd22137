/** Everything to settle before organisations can leave or hand over. Each matter says what to do about it. */

import { andList, nearest, orList } from '../../words';
import { addDays, type IsoDate, inWords } from '../calendar';
import { directionsOf, isReciprocal, partiesInWords, partiesOf } from '../parties';
import type { Register } from '../register';
import type { Organisation } from '../schema/organisation';
import { about, type ToSettle } from './change';
import {
  becomesOf,
  type Decision,
  directionsAfter,
  type Heirs,
  type Matter,
  type Novation,
  novationTo,
} from './decision';
import type { Departure } from './departure';

/** All of it, at once; nothing where everything is settled. */
export function unsettled(
  register: Register,
  matters: readonly Matter[],
  departure: Departure,
  asOf: IsoDate,
): ToSettle[] {
  const organisations = [...daysUnsettled(departure, asOf), ...organisationsUnsettled(register, departure)];
  const agreements = [
    ...strayDecisions(register, matters, departure),
    ...matters.flatMap((matter) =>
      matterUnsettled(register, matter, departure).map((says) => about(becomesOf(matter.agreement.id), says)),
    ),
  ];
  return [...organisations, ...agreements, ...emptyHanded(register, matters, departure)];
}

function daysUnsettled({ lastDay, windsUp, handsOver }: Departure, asOf: IsoDate): ToSettle[] {
  return [
    ...(lastDay < asOf
      ? [
          about(
            'on',
            `${inWords(lastDay)} is past, and what happened since cannot be undone: choose a later day`,
          ),
        ]
      : []),
    ...(windsUp !== undefined && windsUp < lastDay
      ? [
          about(
            'wind-up',
            `the winding up would be over on ${inWords(windsUp)}, before the last day, ${inWords(lastDay)}`,
          ),
        ]
      : []),
    ...(windsUp !== undefined && handsOver !== undefined
      ? [about('wind-up', 'an organisation that stays winds nothing up: leave --wind-up out')]
      : []),
  ];
}

function organisationsUnsettled(register: Register, { heirs, lastDay, handsOver }: Departure): ToSettle[] {
  const from = [...heirs.keys()];
  const to = successorsIn(heirs);
  const known = new Map<string, Organisation>(register.organisations.map((each) => [each.id, each]));
  const missing = [
    ...from.map((id) => ['from', id] as const),
    ...to.map((id) => ['to', id] as const),
  ].flatMap(([name, id]) => {
    if (known.has(id)) return [];
    const near = nearest(id, [...known.keys()]);
    return [
      about(
        name,
        `there is no organisation ${id} in the register${near ? `: did you mean ${near.word}?` : `: let it join first, npx concordat onboard --id ${id}`}`,
      ),
    ];
  });
  const starts = addDays(lastDay, 1);
  return [
    ...missing,
    ...from.filter((id) => to.includes(id)).map((id) => about('to', `${id} cannot succeed itself`)),
    ...from.flatMap((id) => {
      const organisation = known.get(id);
      if (organisation?.leaves === undefined) return [];
      const others = organisation.successors?.filter((each) => !heirs.get(id)?.includes(each)) ?? [];
      if (organisation.leaves !== lastDay || handsOver !== undefined)
        return [
          about(
            'on',
            `${id} leaves on ${inWords(organisation.leaves)} already: change that day in organisations/${id}.yaml, or give it`,
          ),
        ];
      return others.length > 0
        ? [about('to', `${id} has ${andList(others)} as successors already: name all of them`)]
        : [];
    }),
    ...to.flatMap((id) => {
      const { joins, leaves } = known.get(id) ?? {};
      return [
        ...(joins !== undefined && joins > starts
          ? [
              about(
                'on',
                `${id} joins on ${inWords(joins)}: let it join by ${inWords(starts)}, in organisations/${id}.yaml`,
              ),
            ]
          : []),
        ...(leaves !== undefined && leaves < starts
          ? [about('on', `${id} has left by ${inWords(starts)}`)]
          : []),
      ];
    }),
  ];
}

function strayDecisions(
  register: Register,
  matters: readonly Matter[],
  { decisions, heirs }: Departure,
): ToSettle[] {
  return decisions.flatMap(({ agreement: id }) => {
    const decided = (says: string) => [about(becomesOf(id), says)];
    if (matters.some(({ agreement }) => agreement.id === id)) return [];
    const agreement = register.agreements.find((each) => each.id === id);
    if (agreement !== undefined) {
      const isTheirs = partiesOf(agreement).some((each) => heirs.has(each));
      return decided(
        isTheirs
          ? `${id} needs no decision: it ends by itself on ${inWords(agreement.ends)}`
          : `${id} needs no decision: ${andList([...heirs.keys()])} is no party to it`,
      );
    }
    const ids = matters.map((each) => each.agreement.id);
    const near = nearest(id, ids);
    return decided(`there is no agreement ${id}${near ? `: did you mean ${near.word}?` : ''}`);
  });
}

function matterUnsettled(register: Register, matter: Matter, departure: Departure): string[] {
  const { agreement } = matter;
  const { lastDay, handsOver, decisions } = departure;
  const decision = decisions.find((each) => each.agreement === agreement.id);
  if (decision === undefined) return [undecided(matter, departure)];
  if (decision.decision === 'keep')
    return handsOver === undefined
      ? [`${agreement.id} cannot be kept, since ${andList(matter.parties)} leaves: end it or novate it`]
      : [];
  if (agreement.starts > lastDay)
    return [
      `${agreement.id} has not begun by ${inWords(lastDay)}: take its file out, or write its new parties into it`,
    ];
  return decision.decision === 'novate'
    ? decision.into.flatMap((each) => novationUnsettled(register, matter, each, departure))
    : [];
}

/** One line for a matter that is not decided yet. */
function undecided(matter: Matter, { heirs, handsOver }: Departure): string {
  const { agreement, parties } = matter;
  const { id } = agreement;
  const owners = directionsOf(agreement).map(({ owner }) => owner);
  const staying = partiesOf(agreement).filter((each) => !parties.includes(each));
  const heir = successorsIn(heirs).find((each) => novationTo(matter, each, heirs, true) !== undefined);
  const ways = [
    `--end ${id}`,
    ...(heir === undefined ? [] : [`--novate ${id}=${heir}`]),
    ...(handsOver === undefined ? [] : [`--keep ${id}`]),
  ];
  const forOthers =
    !isReciprocal(agreement) && staying.length > 1 && !owners.some((each) => parties.includes(each))
      ? `; that ends it for ${andList(staying.filter((each) => !owners.includes(each)))} too, unless a decisions file novates it to them`
      : '';
  return `${id}: ${partiesInWords(agreement)}, until ${inWords(agreement.ends)}. Say ${orList(ways)}${forOthers}`;
}

function novationUnsettled(
  register: Register,
  { agreement, parties }: Matter,
  novation: Novation,
  { heirs, handsOver, decisions }: Departure,
): string[] {
  const { id } = novation;
  const after = directionsAfter(agreement, novation);
  if (after === undefined)
    return [
      isReciprocal(agreement)
        ? `${id} follows ${agreement.id}, which is reciprocal: name its parties under \`reciprocal\`, and neither owner nor recipients`
        : `${id} follows ${agreement.id}, which has an owner: name owner and recipients, not \`reciprocal\``,
    ];
  const orphaned = agreement.correspondence?.inboxes.some(
    ({ of }) => !after.some(({ owner }) => owner === of),
  );
  if (orphaned === true)
    return [
      `${agreement.id} has inboxes of a party that goes, and nobody knows those of ${andList(successorsIn(heirs))}: end it, and write the agreement that follows by hand`,
    ];
  const taken =
    register.agreements.some((each) => each.id === id) ||
    decisions
      .flatMap((each) => (each.decision === 'novate' ? each.into : []))
      .filter((each) => each.id === id).length > 1;
  const leaving = (next: string) => handsOver === undefined && heirs.has(next);
  const mayFollow = (old: readonly string[], next: string) =>
    (old.includes(next) && !leaving(next)) ||
    old.some((each) => parties.includes(each) && heirs.get(each)?.includes(next));
  const before = directionsOf(agreement);
  const owners = before.map(({ owner }) => owner);
  const collectors = before.flatMap(({ recipients }) => recipients);
  const wrong = [
    ...after.map(({ owner }) => owner).filter((each) => !mayFollow(owners, each)),
    ...after.flatMap(({ recipients }) => recipients).filter((each) => !mayFollow(collectors, each)),
  ];
  return [
    ...(taken
      ? [`${id} is an agreement already: give the one that follows ${agreement.id} an id of its own`]
      : []),
    ...[...new Set(wrong)].map((each) =>
      leaving(each)
        ? `${id} still names ${each}, which leaves: name who takes its place, or leave it out`
        : `${id} names ${each} in a place that it does not succeed to: only ${orList(successorsIn(heirs)) || 'nobody'} may take the place of ${andList(parties)}`,
    ),
  ];
}

/** A successor that would begin with nothing is an oversight more often than a wish. */
function emptyHanded(register: Register, matters: readonly Matter[], departure: Departure): ToSettle[] {
  return withNothing(register, matters, departure)
    .filter((id) => !departure.emptyHanded.includes(id))
    .map((id) =>
      about(
        'no-agreement',
        `${id} would have no agreement: novate one to it, or say that it begins with none: --no-agreement ${id}`,
      ),
    );
}

/** The successors that would have no agreement; none for as long as not everything is decided. */
export function withNothing(
  register: Register,
  matters: readonly Matter[],
  { heirs, lastDay, decisions }: Pick<Departure, 'heirs' | 'lastDay' | 'decisions'>,
): string[] {
  if (matters.length === 0 || decisions.length < matters.length) return [];
  return successorsIn(heirs).filter((id) => {
    const names: Names = (owner, recipients) => owner === id || recipients.includes(id);
    return !(
      register.agreements.some(
        (each) =>
          each.ends > lastDay && directionsOf(each).some(({ owner, recipients }) => names(owner, recipients)),
      ) || decisions.some((each) => givesTo(each, matters, names))
    );
  });
}

type Names = (owner: string, recipients: readonly string[]) => boolean;

function givesTo(decision: Decision, matters: readonly Matter[], names: Names): boolean {
  const old = matters.find(({ agreement }) => agreement.id === decision.agreement)?.agreement;
  if (decision.decision !== 'novate' || old === undefined) return false;
  return decision.into.some((each) =>
    directionsAfter(old, each)?.some(({ owner, recipients }) => names(owner, recipients)),
  );
}

function successorsIn(heirs: Heirs): string[] {
  return [...new Set([...heirs.values()].flat())];
}
