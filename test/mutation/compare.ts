/**
 * Whether two versions of a policy, or of a list of grants, answer one question alike. Both versions’ statements are taken
 * together; every combination of them that can hold is gone through; and for each, the engine decides by either version.
 */

import type { ContextValue } from '../../lib/iam/context';
import { type Decision, decide } from '../../lib/iam/decide';
import type { Environment } from '../../lib/iam/environment';
import { namesIn, type Policy } from '../../lib/iam/policy';
import type { StatementRef } from '../../lib/iam/reasons';
import { and, NO, type Truth, YES } from '../../lib/iam/truth';
import { type Dimension, dimensionsOf, TIME } from '../../lib/proof/dimensions';
import { requestFor } from '../../lib/proof/examine';
import { type Live, liveOf } from '../../lib/proof/live';
import type { DatedGrant, Question } from '../../lib/proof/question';
import type { Value } from '../../lib/proof/values';
import { namesOf, objectsOf } from './object-names';
import { ofSingleValues } from './single-values';

/** Two versions. */
export interface Versions {
  /** All statements of both. */
  readonly joined: Policy | undefined;
  readonly before: Policy | undefined;
  readonly after: Policy | undefined;
  /** Places, in the joined policy, of statements that one version alone has. */
  readonly onlyBefore: ReadonlySet<number>;
  readonly onlyAfter: ReadonlySet<number>;
  /** Grants that one version alone has. */
  readonly grantsBefore: ReadonlySet<DatedGrant>;
  readonly grantsAfter: ReadonlySet<DatedGrant>;
}

/** A request that the two answer differently. */
export interface Difference {
  readonly question: Question;
  readonly object: string;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly before: Decision;
  readonly after: Decision;
}

const TLS = 's3:tlsversion';
/** RFC 8446. */
const NEWEST_TLS = '1.3';
const OLDER_TLS = 'it refuses an older TLS alone, in whose place every client has the newest';

/** Where what changed speaks of the same requests before and after. */
export const SAME = 'it says the same in other words';

/** What came of comparing. */
export interface Compared {
  readonly difference: Difference | undefined;
  /** Why what changed makes no difference. None if neither version has anything to say to the question where they differ. */
  readonly reasons: ReadonlySet<string>;
  /** Requests that the engine decided by both versions. */
  readonly decided: number;
}

const NOTHING: Compared = { difference: undefined, reasons: new Set(), decided: 0 };

/** Compares them in every class of requests. */
export function compare(question: Question, versions: Versions): Compared {
  const live = liveOf(question);
  const sides = live.statements.map(
    ({ policy, statement }): Side =>
      policy !== versions.joined
        ? 'both'
        : versions.onlyBefore.has(statement.index)
          ? 'before'
          : versions.onlyAfter.has(statement.index)
            ? 'after'
            : 'both',
  );
  const ofGrants = live.grants.map(
    (each): Side =>
      versions.grantsBefore.has(each) ? 'before' : versions.grantsAfter.has(each) ? 'after' : 'both',
  );
  // What both versions have alike is all that could speak here.
  if ([...sides, ...ofGrants].every((side) => side === 'both')) return NOTHING;
  return new Walk(question, versions, live, sides, ofGrants).run();
}

/** Of each question, so many reasons are worked out. */
const REASONS = 3;

type Side = 'before' | 'after' | 'both';

class Walk {
  #decided = 0;
  #difference: Difference | undefined;
  readonly #reasons = new Set<string>();
  readonly #dimensions: readonly Dimension[];
  readonly #seen = new Set<string>();
  readonly #values = new Map<string, Value>();
  #before: readonly number[] = [];
  #after: readonly number[] = [];

  constructor(
    private readonly question: Question,
    private readonly versions: Versions,
    private readonly live: Live,
    private readonly sides: readonly Side[],
    private readonly ofGrants: readonly Side[],
  ) {
    this.#dimensions = dimensionsOf(undefined, ofSingleValues(live));
  }

  run(): Compared {
    const pairs = this.#pairs();
    for (const object of objectsOf(this.question, this.live)) {
      const names = namesOf(this.question, object);
      const { statements, request, grants } = this.live;
      const start = statements.flatMap(({ truth, statement }) =>
        names.map((name) => and(truth, statement.resources.matches(name, request.context))),
      );
      const isSame = ([before, after]: readonly [number, number]) =>
        names.every((_, n) => start[before * names.length + n] === start[after * names.length + n]);
      if (pairs?.every(isSame)) {
        if (pairs.some(([at]) => names.some((_, n) => start[at * names.length + n] !== NO)))
          this.#reasons.add(SAME);
        continue;
      }
      const all = [...this.sides.flatMap((side) => names.map(() => side)), ...this.ofGrants];
      this.#before = all.flatMap((side, at) => (side === 'before' ? [at] : []));
      this.#after = all.flatMap((side, at) => (side === 'after' ? [at] : []));
      this.#go(0, [...start, ...grants.map((): Truth => YES)], object, names.length);
      if (this.#difference !== undefined) break;
    }
    return { difference: this.#difference, reasons: this.#reasons, decided: this.#decided };
  }

  /**
   * The statements that changed, before and after, if each two of them have the same effect, speak of the asker by the same
   * names, and take every value of every key alike. Where they take the resource alike too, they hold for the very same
   * requests, and the engine is given the same by either version.
   */
  #pairs(): (readonly [number, number])[] | undefined {
    const { statements, request } = this.live;
    const places = (side: Side) => this.sides.flatMap((each, at) => (each === side ? [at] : []));
    const after = places('after');
    const pairs = places('before').map((at, n) => [at, after[n] ?? -1] as const);
    if (pairs.length !== after.length || this.ofGrants.some((side) => side !== 'both')) return undefined;
    const isAlike = ([one, other]: readonly [number, number]) => {
      const [a, b] = [statements[one], statements[other]];
      return (
        a !== undefined &&
        b !== undefined &&
        a.statement.effect === b.statement.effect &&
        // Each way of being named is one object.
        namesIn(a.statement, request, false) === namesIn(b.statement, request, false) &&
        this.#dimensions.every(({ truths }) => truths.every((row) => row[one] === row[other]))
      );
    };
    return pairs.every(isAlike) ? pairs : undefined;
  }

  #go(depth: number, truths: readonly Truth[], object: string, names: number): void {
    // Nothing that varies further can make them speak again.
    if (this.#isSilent(this.#before, truths) && this.#isSilent(this.#after, truths)) return;
    const dimension = this.#dimensions[depth];
    if (dimension === undefined) {
      this.#decide(truths, object);
      return;
    }
    const count = this.live.statements.length;
    for (const [n, value] of dimension.values.entries()) {
      const here = dimension.truths[n] ?? [];
      this.#values.set(dimension.key, value);
      const next = truths.map((each, at) =>
        and(each, here[at < count * names ? Math.floor(at / names) : at - count * names + count] ?? YES),
      );
      this.#go(depth + 1, next, object, names);
      if (this.#difference !== undefined) return;
    }
  }

  #isSilent(places: readonly number[], truths: readonly Truth[]): boolean {
    return places.every((at) => truths[at] === NO);
  }

  #decide(truths: readonly Truth[], object: string): void {
    const held = truths.join('');
    if (this.#seen.has(held)) return;
    this.#seen.add(held);
    this.#decided++;
    const context = Object.fromEntries(
      [...this.#values].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ) as Record<string, ContextValue>;
    const { question, versions } = this;
    const request = requestFor(question, object, context);
    const before = decide(request, this.#environment(versions.before, versions.grantsAfter, context));
    const after = decide(request, this.#environment(versions.after, versions.grantsBefore, context));
    if (cameTo(before) !== cameTo(after)) {
      if (cameTo(after) === 'refused' && this.#isAllowedByTheNewestTls(object, context))
        this.#reasons.add(OLDER_TLS);
      else this.#difference = { question, object, context, before, after };
    }
    // Reasons take longer than decisions; the first few say it.
    else if (this.#decided <= REASONS) this.#reasons.add(this.#reason(before, after, truths));
  }

  /** What is refused for an older TLS alone is no loss: every client has the newest. */
  #isAllowedByTheNewestTls(object: string, context: Readonly<Record<string, ContextValue>>): boolean {
    const given = context[TLS];
    if (given === undefined || Number(given) >= Number(NEWEST_TLS)) return false;
    const newest = { ...context, [TLS]: NEWEST_TLS };
    const { question, versions } = this;
    const environment = this.#environment(versions.after, versions.grantsBefore, newest);
    return cameTo(decide(requestFor(question, object, newest), environment)) === 'allowed';
  }

  /** What the versions differ in speaks of the request, in one of them at least; so something makes up for it. */
  #reason({ verdict, by, missing }: Decision, after: Decision, truths: readonly Truth[]): string {
    const saidBefore = this.#before.map((at) => truths[at]).join('');
    if (saidBefore === this.#after.map((at) => truths[at]).join('') && this.#hasSameEffects()) return SAME;
    const others = by.filter((each) => after.by.some((same) => nameOf(same) === nameOf(each))).map(nameOf);
    if (verdict === 'allowed') return `allowed by ${others[0] ?? 'another statement'} as well`;
    if (others.length > 0) return `denied by ${others[0]} as well`;
    const lacking = [...missing, ...after.missing].map(({ part }) => part);
    return `refused all the same: no yes from ${lacking[0] ?? 'another policy'}`;
  }

  #hasSameEffects(): boolean {
    const of = (side: Side) =>
      this.live.statements
        .filter((_, at) => this.sides[at] === side)
        .map(({ statement }) => statement.effect)
        .join();
    return of('before') === of('after');
  }

  #environment(
    policy: Policy | undefined,
    without: ReadonlySet<DatedGrant>,
    context: Readonly<Record<string, ContextValue>>,
  ): Environment {
    const { environment } = this.question;
    const { joined } = this.versions;
    const swap = <T extends Policy | undefined>(each: T) => (each === joined ? policy : each) as T;
    const time = context[TIME];
    const grants = this.live.grants
      .filter((each) => !without.has(each))
      .filter(({ from, until }) => typeof time !== 'string' || (from <= time && time < until))
      .map(({ grant }) => grant);
    return {
      ...environment,
      identity: (environment.identity ?? []).map(swap),
      ...(environment.resource !== undefined && { resource: swap(environment.resource) }),
      ...(environment.accessPoint !== undefined && { accessPoint: swap(environment.accessPoint) }),
      ...(grants.length > 0 && { grants }),
    };
  }
}

function nameOf({ policy, statement, sid }: StatementRef): string {
  return sid ?? (statement === undefined ? 'a grant' : `statement ${statement + 1} of ${policy}`);
}

/** Who may do what knows no difference between a denial and a yes that is missing. */
function cameTo({ verdict }: Decision): string {
  return verdict === 'explicitly denied' || verdict === 'implicitly denied' ? 'refused' : verdict;
}
