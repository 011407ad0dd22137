/** Rules on the order of dates, and on agreements lying inside their parties’ membership. */
import { type IsoDate, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, whereIs } from '../draft';
import { settingName } from '../explain/fault';
import { namedParties } from '../parties';
import type { Path, YamlSource } from '../yaml-source';

interface DatePair {
  readonly source: YamlSource;
  readonly earlier: Path;
  readonly later: Path;
  readonly from: IsoDate;
  readonly to: IsoDate | undefined;
  /** Whether it is the earlier one that gives way: an end is what was agreed, so a review after it has slipped. */
  readonly earlierSlipped?: true;
}

/** What starts does so no later than it ends; a review comes before the end. */
export function datesAreInOrder(draft: Draft): Diagnostic[] {
  return [...pairs(draft)].flatMap((pair) =>
    pair.to === undefined || pair.from <= pair.to ? [] : [outOfOrder(pair, pair.to)],
  );
}

function outOfOrder({ source, earlier, later, from, earlierSlipped }: DatePair, to: IsoDate): Diagnostic {
  return earlierSlipped
    ? at(source, earlier, {
        code: 'date-order',
        message: `${settingName(earlier)} (${inWords(from)}) is after ${settingName(later.slice(-1))} (${inWords(to)})`,
        found: from,
        allowed: `${to} or earlier`,
        fix: 'check both dates; an end date is the last day in force',
      })
    : at(source, later, {
        code: 'date-order',
        message: `${settingName(later)} (${inWords(to)}) is before ${settingName(earlier.slice(-1))} (${inWords(from)})`,
        found: to,
        allowed: `${from} or later`,
        fix: 'check whether the two dates are the wrong way round; an end date is the last day in force',
      });
}

function* pairs(draft: Draft): Generator<DatePair> {
  for (const { value, source } of draft.organisations.values()) {
    yield { source, earlier: ['joins'], later: ['leaves'], from: value.joins, to: value.leaves };
    if (value.leaves !== undefined)
      yield { source, earlier: ['leaves'], later: ['windsUp'], from: value.leaves, to: value.windsUp };
    yield* span(source, ['paused'], value.paused);
    for (const [index, identifier] of value.identifiers.entries())
      yield* span(source, ['identifiers', index], identifier);
  }
  for (const { value, source } of draft.agreements.values()) {
    yield { source, earlier: ['starts'], later: ['ends'], from: value.starts, to: value.ends };
    yield { source, earlier: ['starts'], later: ['review'], from: value.starts, to: value.review };
    if (value.starts <= value.ends) {
      yield {
        source,
        earlier: ['review'],
        later: ['ends'],
        from: value.review,
        to: value.ends,
        earlierSlipped: true,
      };
    }
    yield* span(source, ['suspended'], value.suspended);
    yield* span(source, ['hold'], value.hold);
  }
}

function* span(
  source: YamlSource,
  path: Path,
  period: { from: IsoDate; until?: IsoDate | undefined } | undefined,
): Generator<DatePair> {
  if (period)
    yield {
      source,
      earlier: [...path, 'from'],
      later: [...path, 'until'],
      from: period.from,
      to: period.until,
    };
}

/**
 * No organisation shares before it joins or after it leaves; what an owner had shared may be collected until it has wound up.
 * Of several parties the one is named with which the agreement is also right for the others.
 */
export function agreementsLieInMembership(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value, source }) => {
    const parties = namedParties(value).flatMap(({ id, collects }) => {
      const found = draft.organisations.get(id);
      return found === undefined ? [] : [{ id, collects, party: found.value, file: found.source }];
    });
    const diagnostics: Diagnostic[] = [];
    const late = parties
      .filter(({ party }) => value.starts < party.joins)
      .sort((a, b) => (a.party.joins < b.party.joins ? 1 : -1))[0];
    if (late !== undefined) {
      const { id, party } = late;
      diagnostics.push(
        at(source, ['starts'], {
          code: 'outside-membership',
          message: `the agreement starts before ${id} joins on ${inWords(party.joins)}`,
          found: value.starts,
          allowed: `${party.joins} or later`,
          fix: `start it on ${party.joins} or later`,
        }),
      );
    }
    const early = parties
      .flatMap(({ id, collects, party, file }) => {
        const last = collects ? party.leaves : (party.windsUp ?? party.leaves);
        return party.leaves !== undefined && last !== undefined && value.ends > last
          ? [{ id, party, file, last }]
          : [];
      })
      .sort((a, b) => (a.last < b.last ? -1 : 1))[0];
    if (early !== undefined) {
      const { id, party, file, last } = early;
      const heirs = party.successors?.length
        ? `, and make new agreements with ${party.successors.join(' and ')}`
        : '';
      diagnostics.push(
        at(source, ['ends'], {
          code: 'outside-membership',
          message: `the agreement ends after ${id} ${last === party.leaves ? 'leaves' : 'has wound up'} on ${inWords(last)}`,
          found: value.ends,
          allowed: `${last} or earlier`,
          fix: `end it on ${last} or earlier${heirs}; or correct that day (${whereIs(file, [last === party.leaves ? 'leaves' : 'windsUp'])})`,
        }),
      );
    }
    return diagnostics;
  });
}
