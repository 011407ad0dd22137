/**
 * Asks everything that could be told apart under one question, and compares each answer with what the asker is entitled to.
 *
 * A decision depends on nothing but which statements and grants hold. So every combination of values is gone through, each
 * is compared with the entitlement (those that nothing tells apart are compared once), and the engine decides once for each
 * set of statements that hold together.
 */
import {
  and,
  type ContextValue,
  type Decision,
  decide,
  type Environment,
  type Request,
  requestOf,
  type Truth,
  type Verdict,
  withKeys,
  YES,
} from '../iam';
import { isAboutObjects, isOfObject, ON_OBJECTS } from './actions';
import { type Alike, alikeIn, packed } from './alike';
import { type Dimension, dimensionsOf, TIME } from './dimensions';
import { type Live, liveOf, resourceOf } from './live';
import type { Entitlement, Question } from './question';
import { textsFor } from './texts';
import { put } from './values';

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

/**
 * Asks one question in every way that policies or the entitlement tell apart.
 * @param askEach has the engine decide every combination, to check that those in which the same statements hold agree
 * @param live what could speak of the question, where that is known already
 * @throws Error if they do not, which is a fault here
 */
export function examine(
  question: Question,
  entitlement: Entitlement | undefined,
  askEach = false,
  live: Live = liveOf(question),
): Examined {
  if (!live.possible && entitlement === undefined) return askOnce(question, live);
  const run = new Run(question, entitlement, live, askEach);
  for (const object of objectsOf(question, entitlement, live)) run.about(object);
  return { asked: run.asked, compared: run.compared, answers: [...run.answers.values()] };
}

/** Where nothing could allow, nothing that varies can change that. */
function askOnce(question: Question, live: Live): Examined {
  // Of what holds no objects, what could speak was found for this very request.
  const request = question.target.kind === 'bucket' ? requestFor(question, ANY_OBJECT, {}) : live.request;
  const decision = decide(request, question.environment);
  const kind =
    decision.verdict === 'allowed' ? 'extra' : decision.verdict === 'not judged' ? 'not judged' : undefined;
  const answer = { question, object: '', context: {}, decision, entitlement: undefined };
  return { asked: 1, compared: 1, answers: kind === undefined ? [] : [{ kind, ...answer }] };
}

const TLS = 's3:tlsversion';
/** RFC 8446. */
const NEWEST_TLS = '1.3';

/** An object of no agreement in particular, for requests that no policy tells apart by the object’s name. */
const ANY_OBJECT = 'agreements/any/object';

/** What the engine decides on one request of a question, for any object if none is named. */
export function decideOne(
  question: Question,
  object: string,
  context: GivenContext,
  live: Live = liveOf(question),
): Decision {
  const any = question.action in ON_OBJECTS ? ANY_OBJECT : '';
  return decideWith(question, live, object === '' ? any : object, context);
}

type GivenContext = Readonly<Record<string, ContextValue>>;

/** With the grants that hold at that moment. */
function decideWith(question: Question, live: Live, object: string, context: GivenContext): Decision {
  return decide(requestFor(question, object, context), environmentAt(question, live, context[TIME]));
}

function environmentAt({ environment }: Question, live: Live, time: ContextValue | undefined): Environment {
  if (live.grants.length === 0) return environment;
  const grants = live.grants
    .filter(({ from, until }) => typeof time !== 'string' || (from <= time && time < until))
    .map(({ grant }) => grant);
  return grants.length > 0 ? { ...environment, grants } : environment;
}

/** The engine’s request. @internal Only tests import it. */
export function requestFor(
  question: Question,
  object: string,
  context: Readonly<Record<string, ContextValue | undefined>>,
) {
  const { asker, action, target, accessPoint } = question;
  return requestOf({
    caller: asker.caller,
    action,
    resource: resourceOf(question, object),
    resourceAccount: target.account,
    ...(accessPoint !== undefined && { accessPoint }),
    context: { ...question.context, ...context },
  });
}

function objectsOf(question: Question, entitlement: Entitlement | undefined, live: Live): readonly string[] {
  if (!isAboutObjects(question.action)) return [''];
  const names = [`${question.target.arn}/`];
  if (question.accessPoint !== undefined) names.push(`${question.accessPoint}/object/`);
  const patterns = live.statements.flatMap(({ statement }) =>
    statement.resources.patterns.flatMap((each) =>
      names.map((before) => ({ before, pattern: put(each, live.request.context) })),
    ),
  );
  const listed = entitlement?.objects ?? [];
  // Names that statements take alike and an entitlement tells apart: those that it lists, and those below the same folders.
  const folders = listed.flatMap((object) =>
    [...object.matchAll(/\//g)].map(({ index }) => `${object.slice(0, index + 1)}*`),
  );
  for (const pattern of new Set([...listed, ...folders])) patterns.push({ before: '', pattern });
  const texts = textsFor(patterns).map((each) => (each === '' ? 'x' : each));
  if (!(question.action in ON_OBJECTS)) texts.push('');
  // What a statement takes alike, the entitlement may tell apart.
  if (listed.length > 0) return [...new Set([...listed, ...texts])];
  const found = new Map<string, string>();
  // Names that nobody is entitled by, and that no statement tells apart, are one.
  for (const object of texts) {
    const matched = namesFor(question, object).flatMap((name) =>
      live.statements.map(({ statement }) => statement.resources.matches(name, live.request.context)),
    );
    const fresh = matched.join('');
    if (!found.has(fresh)) found.set(fresh, object);
  }
  return [...found.values()];
}

class Run {
  asked = 0;
  compared = 0;
  readonly answers = new Map<Answer['kind'], Answer>();
  readonly #dimensions: readonly Dimension[];
  readonly #masks: readonly (readonly bigint[])[];
  readonly #verdicts = new Map<bigint, Verdict>();
  /** The request for the object that is gone through, without what varies. */
  #request: { readonly object: string; readonly bare: Request } | undefined;

  constructor(
    private readonly question: Question,
    private readonly entitlement: Entitlement | undefined,
    private readonly live: Live,
    private readonly askEach: boolean,
  ) {
    this.#dimensions = dimensionsOf(entitlement, live);
    // A statement is asked for by each name of the object.
    const names = namesFor(question, '').length;
    const { length } = live.statements;
    this.#masks = this.#dimensions.map(({ truths }) =>
      truths.map((each) => packed(byEachName(each, length, names))),
    );
  }

  about(object: string): void {
    const { question, entitlement } = this;
    const { request, statements, grants } = this.live;
    const names = namesFor(question, object);
    const start = packed([
      ...statements.flatMap(({ truth: base, statement }) =>
        names.map((name) => and(base, statement.resources.matches(name, request.context))),
      ),
      ...grants.map(() => YES),
    ]);
    const through = { dimensions: this.#dimensions, masks: this.#masks, start, entitlement, object };
    for (const each of alikeIn({ ...through, apart: this.askEach })) this.#compare(each, object);
  }

  #compare({ held, entitled, many, first }: Alike, object: string): void {
    this.compared += many;
    let verdict = this.#verdicts.get(held);
    if (verdict === undefined) {
      this.asked++;
      verdict = this.#decide(object, first()).verdict;
      this.#verdicts.set(held, verdict);
    } else if (this.askEach && this.#decide(object, first()).verdict !== verdict)
      throw new Error(`${this.question.action}: the same statements hold, and the decisions differ`);
    const kind =
      verdict === 'not judged'
        ? verdict
        : (verdict === 'allowed') === entitled
          ? undefined
          : entitled
            ? 'missing'
            : 'extra';
    if (kind === undefined || this.answers.has(kind)) return;
    if (kind === 'missing' && this.#isAllowedByTheNewestTls(object, first())) return;
    const { question, entitlement } = this;
    this.answers.set(kind, {
      kind,
      question,
      object,
      entitlement,
      context: Object.fromEntries(this.#keys(first())),
      decision: this.#decide(object, first()),
    });
  }

  /**
   * Whoever is refused for an older TLS alone loses nothing: every client has the newest. What it is refused by that as well is
   * a combination of its own.
   */
  #isAllowedByTheNewestTls(object: string, values: readonly number[]): boolean {
    const depth = this.#dimensions.findIndex(({ key }) => key === TLS);
    const given = this.#dimensions[depth]?.values[values[depth] ?? 0];
    if (given === undefined || Number(given) >= Number(NEWEST_TLS)) return false;
    const context = { ...Object.fromEntries(this.#keys(values)), [TLS]: NEWEST_TLS };
    return decideWith(this.question, this.live, object, context).verdict === 'allowed';
  }

  /** The keys that vary, those that are there. */
  #keys(values: readonly number[]): [string, ContextValue][] {
    const keys: [string, ContextValue][] = [];
    for (const [depth, { key, values: all }] of this.#dimensions.entries()) {
      const value = all[values[depth] ?? 0];
      if (value !== undefined) keys.push([key, value]);
    }
    return keys;
  }

  #decide(object: string, values: readonly number[]): Decision {
    if (this.#request?.object !== object)
      this.#request = { object, bare: requestFor(this.question, object, {}) };
    const keys = this.#keys(values);
    const time = keys.find(([key]) => key === TIME)?.[1];
    return decide(withKeys(this.#request.bare, keys), environmentAt(this.question, this.live, time));
  }
}

/** Truths of statements, which come first, as often as there are names; those of grants once. */
function byEachName(truths: readonly Truth[], statements: number, names: number): readonly Truth[] {
  if (names === 1) return truths;
  return truths.flatMap((each, at) => (at < statements ? Array<Truth>(names).fill(each) : each));
}

function namesFor(question: Question, object: string): string[] {
  const { accessPoint, action } = question;
  const resource = resourceOf(question, object);
  if (accessPoint === undefined) return [resource];
  return [resource, isOfObject(action, object) ? `${accessPoint}/object/${object}` : accessPoint];
}
