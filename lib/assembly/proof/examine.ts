/**
 * Asks everything that could be told apart under one question, and compares each answer with what the asker is entitled to.
 *
 * A decision depends on nothing but which statements and grants hold. So every combination of values is gone through, each
 * is compared with the entitlement, and the engine decides once for each set of statements that hold together.
 */
import type { ConditionTest } from '../../iam/condition';
import type { ContextValue } from '../../iam/context';
import { type Decision, decide } from '../../iam/decide';
import { type Grant, granted } from '../../iam/grant';
import { requestOf } from '../../iam/request';
import { and, NO, type Truth, truth, YES } from '../../iam/truth';
import { ON_OBJECTS } from './actions';
import { type Live, type LiveStatement, liveOf, resourceOf } from './live';
import type { DatedGrant, Entitlement, Question } from './question';
import { textsFor } from './texts';
import { inSeconds, put, type Value, valuesOf } from './values';

/** A request that is answered otherwise than it should be, or not at all. */
export interface Answer {
  readonly kind: 'extra' | 'missing' | 'not judged';
  readonly question: Question;
  readonly object: string;
  /** The keys that vary, those that are there. */
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly decision: Decision;
  readonly entitlement: Entitlement | undefined;
}

/** What came of one question. */
export interface Examined {
  /** Requests that the engine decided. */
  readonly asked: number;
  /** Requests that these stand for, and that were each compared with the entitlement. */
  readonly compared: number;
  /** At most one of each kind. */
  readonly answers: readonly Answer[];
}

const TIME = 'aws:currenttime';
const PAIR = 'kms:encryptioncontext:';

interface Dimension {
  readonly key: string;
  readonly values: readonly Value[];
  /** For each value, what each statement and then each grant makes of it. */
  readonly truths: readonly (readonly Truth[])[];
}

/**
 * Asks one question in every way that policies or the entitlement tell apart.
 * @param askEach has the engine decide every combination, to check that those in which the same statements hold agree
 * @throws Error if they do not, which is a fault here
 */
export function examine(question: Question, entitlement: Entitlement | undefined, askEach = false): Examined {
  const live = liveOf(question);
  if (!live.possible && entitlement === undefined) return askOnce(question);
  const run = new Run(question, entitlement, live, askEach);
  for (const object of objectsOf(question, entitlement, live)) run.about(object);
  return { asked: run.asked, compared: run.compared, answers: [...run.answers.values()] };
}

/** Where nothing could allow, nothing that varies can change that. */
function askOnce(question: Question): Examined {
  const decision = decide(requestFor(question, 'agreements/any/object', {}), question.environment);
  const kind =
    decision.verdict === 'allowed' ? 'extra' : decision.verdict === 'not judged' ? 'not judged' : undefined;
  const answer = { question, object: '', context: {}, decision, entitlement: undefined };
  return { asked: 1, compared: 1, answers: kind === undefined ? [] : [{ kind, ...answer }] };
}

/** The engine’s request. */
export function requestFor(
  question: Question,
  object: string,
  context: Readonly<Record<string, ContextValue | undefined>>,
) {
  const { asker, action, target, accessPoint } = question;
  return requestOf({
    caller: asker.caller,
    action,
    resource: resourceOf(question, action in ON_OBJECTS ? object : ''),
    resourceAccount: target.account,
    ...(accessPoint !== undefined && { accessPoint }),
    context: { ...question.context, ...context },
  });
}

function objectsOf(question: Question, entitlement: Entitlement | undefined, live: Live): readonly string[] {
  if (!(question.action in ON_OBJECTS)) return [''];
  const names = [`${question.target.arn}/`];
  if (question.accessPoint !== undefined) names.push(`${question.accessPoint}/object/`);
  const patterns = live.statements.flatMap(({ statement }) =>
    statement.resources.patterns.flatMap((each) =>
      names.map((before) => ({ before, pattern: put(each, live.request.context) })),
    ),
  );
  const listed = entitlement?.objects ?? [];
  const texts = textsFor(patterns).map((each) => (each === '' ? 'x' : each));
  const found = new Map<string, string>();
  // Names that nobody is entitled by, and that no statement tells apart, are one.
  for (const object of texts) {
    const matched = namesFor(question, object).flatMap((name) =>
      live.statements.map(({ statement }) => statement.resources.matches(name, live.request.context)),
    );
    const fresh = matched.join('');
    if (!found.has(fresh)) found.set(fresh, object);
  }
  return [...new Set([...listed, ...found.values()])];
}

class Run {
  asked = 0;
  compared = 0;
  readonly answers = new Map<Answer['kind'], Answer>();
  readonly #dimensions: readonly Dimension[];
  readonly #verdicts = new Map<string, Decision>();
  readonly #values = new Map<string, Value>();
  readonly #read = (key: string): Value => this.#values.get(key);

  constructor(
    private readonly question: Question,
    private readonly entitlement: Entitlement | undefined,
    private readonly live: Live,
    private readonly askEach: boolean,
  ) {
    this.#dimensions = dimensionsOf(entitlement, live);
  }

  about(object: string): void {
    const { request, statements, grants } = this.live;
    const names = namesFor(this.question, object);
    const start: Truth[] = statements.flatMap(({ truth: base, statement }) =>
      names.map((name) => and(base, statement.resources.matches(name, request.context))),
    );
    for (const _ of grants) start.push(YES);
    this.#go(0, start, object, names.length);
  }

  #go(depth: number, truths: readonly Truth[], object: string, names: number): void {
    const dimension = this.#dimensions[depth];
    if (dimension === undefined) {
      this.#compare(truths, object);
      return;
    }
    const count = this.live.statements.length;
    dimension.values.forEach((value, n) => {
      const here = dimension.truths[n] ?? [];
      this.#values.set(dimension.key, value);
      const next = truths.map((each, at) =>
        and(each, here[at < count * names ? Math.floor(at / names) : at - count * names + count] ?? YES),
      );
      this.#go(depth + 1, next, object, names);
    });
  }

  #compare(truths: readonly Truth[], object: string): void {
    this.compared++;
    const held = truths.join('');
    let decision = this.#verdicts.get(held);
    if (decision === undefined) {
      this.asked++;
      decision = this.#decide(object);
      this.#verdicts.set(held, decision);
    } else if (this.askEach && this.#decide(object).verdict !== decision.verdict)
      throw new Error(`${this.question.action}: the same statements hold, and the decisions differ`);
    const entitled = this.entitlement?.holds(this.#read, object) ?? false;
    const { verdict } = decision;
    const kind =
      verdict === 'not judged'
        ? verdict
        : (verdict === 'allowed') === entitled
          ? undefined
          : entitled
            ? 'missing'
            : 'extra';
    if (kind === undefined || this.answers.has(kind) || this.entitlement?.isIndifferent?.(object)) return;
    const { question, entitlement } = this;
    this.answers.set(kind, {
      kind,
      question,
      object,
      entitlement,
      context: this.#context(),
      decision: this.#decide(object),
    });
  }

  #context(): Record<string, ContextValue> {
    return Object.fromEntries(
      [...this.#values].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
  }

  #decide(object: string): Decision {
    const context = this.#context();
    const time = context[TIME];
    const grants = this.live.grants
      .filter(({ from, until }) => typeof time !== 'string' || (from <= time && time < until))
      .map(({ grant }) => grant);
    const { environment } = this.question;
    return decide(
      requestFor(this.question, object, context),
      grants.length > 0 ? { ...environment, grants } : environment,
    );
  }
}

function namesFor(question: Question, object: string): string[] {
  const { accessPoint, action } = question;
  const resource = resourceOf(question, action in ON_OBJECTS ? object : '');
  if (accessPoint === undefined) return [resource];
  return [resource, action in ON_OBJECTS ? `${accessPoint}/object/${object}` : accessPoint];
}

function dimensionsOf(entitlement: Entitlement | undefined, live: Live): Dimension[] {
  const tests = new Map<string, ConditionTest[]>();
  const add = (key: string) => {
    const list = tests.get(key) ?? [];
    tests.set(key, list);
    return list;
  };
  for (const each of live.statements) for (const test of each.tests) add(test.key).push(test);
  for (const key of entitlement?.values.keys() ?? []) add(key);
  const constrained = live.grants.filter((each) => isConstrained(each, live));
  const pairs = new Set(constrained.flatMap(({ grant }) => pairsOf(grant)));
  if (pairs.size > 0) pairs.add('concordat-fresh');
  for (const pair of pairs) add(PAIR + pair);
  if (live.grants.length > 0) add(TIME);
  return [...tests].map(([key, list]) => {
    const more = [...(entitlement?.values.get(key) ?? []), ...grantValues(key, live.grants)];
    const listed = new Set((entitlement?.values.get(key) ?? []).map((value) => JSON.stringify(value)));
    const values = new Map<string, { value: Value; truths: readonly Truth[] }>();
    for (const value of valuesOf(key, list, live.request.context, more)) {
      const truths = truthsOf(key, value, live);
      // Values that nobody is entitled by, and that no statement tells apart, are one.
      const name = JSON.stringify(value) ?? '';
      const same = listed.has(name) ? name : truths.join('');
      if (!values.has(same)) values.set(same, { value, truths });
    }
    const all = [...values.values()];
    return { key, values: all.map(({ value }) => value), truths: all.map(({ truths }) => truths) };
  });
}

/** Whether the encryption context counts: without one, a grant that is constrained holds for nothing. */
function isConstrained({ grant }: DatedGrant, { request }: Live): boolean {
  return granted(grant, request, NO) === NO;
}

function pairsOf({ input }: Grant): string[] {
  return Object.keys({ ...input.encryptionContextEquals, ...input.encryptionContextSubset }).map((each) =>
    each.toLowerCase(),
  );
}

function grantValues(key: string, grants: readonly DatedGrant[]): string[] {
  if (key === TIME)
    return grants.flatMap(({ from, until }) => [
      inSeconds(Date.parse(from) - 1000),
      from,
      inSeconds(Date.parse(until) - 1000),
      until,
    ]);
  if (!key.startsWith(PAIR)) return [];
  return ['concordat-fresh', ...grants.flatMap(({ grant }) => wantedOf(grant, key) ?? [])];
}

function wantedOf({ input }: Grant, key: string): string | undefined {
  const wanted = { ...input.encryptionContextSubset, ...input.encryptionContextEquals };
  return Object.entries(wanted).find(([name]) => PAIR + name.toLowerCase() === key)?.[1];
}

/** What one value makes of each statement and each grant, all else left aside. */
function truthsOf(key: string, value: Value, live: Live): Truth[] {
  const { statements, grants, request } = live;
  const context = new Map(request.context);
  if (value !== undefined) context.set(key, value);
  const ofStatement = ({ tests }: LiveStatement) =>
    tests.reduce<Truth>((all, test) => (test.key === key ? and(all, test.holds(context)) : all), YES);
  return [
    ...statements.map(ofStatement),
    ...grants.map((each) => {
      const { grant, from, until } = each;
      if (key === TIME) return truth(typeof value === 'string' && from <= value && value < until);
      if (!key.startsWith(PAIR) || !isConstrained(each, live)) return YES;
      const wanted = wantedOf(grant, key);
      const only = grant.input.encryptionContextEquals !== undefined;
      return wanted === undefined ? truth(value === undefined || !only) : truth(value === wanted);
    }),
  ];
}
