/**
 * The Action and Resource elements, and their negations.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
 */
import { plainResourceOf, resourceMatchOf } from './arn';
import type { Context } from './context';
import { globOf, onDemand, tokensOf } from './glob';
import { SaidOften } from './said-often';
import { holdsVariable, templateOf } from './template';
import { MAYBE, NO, not, type Truth, truth, YES } from './truth';

/** What a statement says of actions. Names of actions are not case-sensitive. */
export interface ActionElement {
  readonly negated: boolean;
  readonly patterns: readonly string[];
  readonly doubts: readonly string[];
  /** Of an action in lower case. */
  readonly matches: (action: string) => Truth;
}

/** What a statement says of resources. */
export interface ResourceElement {
  readonly negated: boolean;
  readonly patterns: readonly string[];
  readonly doubts: readonly string[];
  readonly matches: (resource: string, context: Context) => Truth;
}

/** A list of texts, or one text; undefined if it is anything else, or empty. */
function textsOf(value: unknown): readonly string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((each) => typeof each === 'string') ? (list as string[]) : undefined;
}

/** Reads Action or NotAction. Wildcards may stand for the whole, or in the name of the action, not in the service’s. */
export function actionElementOf(value: unknown, negated: boolean): ActionElement {
  const patterns = textsOf(value);
  if (patterns === undefined)
    return {
      negated,
      patterns: [],
      doubts: ['Action is neither a text nor a list of texts'],
      matches: () => MAYBE,
    };
  return knownActions.of(JSON.stringify([negated, patterns]), () => actionsOf(patterns, negated));
}

const knownActions = new SaidOften<ActionElement>();

function actionsOf(patterns: readonly string[], negated: boolean): ActionElement {
  const good = patterns.filter((each) => each === '*' || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(each));
  const doubts = patterns.filter((each) => !good.includes(each)).map((each) => `'${each}' is not an action`);
  const anyOf = onDemand(() => {
    const globs = good.map((each) => globOf(tokensOf(each.toLowerCase(), true)));
    return (action: string) => globs.some((glob) => glob(action));
  });
  const answers = new Map<string, Truth>();
  const whenNone: Truth = doubts.length > 0 ? MAYBE : NO;
  return {
    negated,
    patterns,
    doubts,
    matches: (action) => {
      let found = answers.get(action);
      if (found === undefined) {
        const any: Truth = anyOf(action) ? YES : whenNone;
        found = negated ? not(any) : any;
        answers.set(action, found);
      }
      return found;
    },
  };
}

/** Reads Resource or NotResource. Variables may stand only in the last part of an ARN. */
export function resourceElementOf(value: unknown, negated: boolean, variables: boolean): ResourceElement {
  const patterns = textsOf(value);
  if (patterns === undefined)
    return {
      negated,
      patterns: [],
      doubts: ['Resource is neither a text nor a list of texts'],
      matches: () => MAYBE,
    };
  return knownResources.of(JSON.stringify([negated, variables, patterns]), () =>
    resourcesOf(patterns, negated, variables),
  );
}

const knownResources = new SaidOften<ResourceElement>();

function resourcesOf(patterns: readonly string[], negated: boolean, variables: boolean): ResourceElement {
  const doubts: string[] = [];
  const entries = patterns.map((pattern) => entryOf(pattern, variables, doubts));
  if (patterns.length === 1 && patterns[0] === '*')
    return { negated, patterns, doubts, matches: () => (negated ? NO : YES) };
  const matches: ResourceElement['matches'] = (resource, context) => {
    let any: Truth = NO;
    let isVoid = false;
    for (const entry of entries) {
      const outcome = entry(resource, context);
      if (outcome === 'void') isVoid = true;
      else if (outcome > any) any = outcome;
    }
    // A variable without a value matches nothing, and may make the whole statement invalid.
    if (isVoid) return negated || any !== NO ? MAYBE : NO;
    return negated ? not(any) : any;
  };
  // A proof asks about one resource over and over, in other contexts.
  return { negated, patterns, doubts, matches: patterns.some(holdsVariable) ? matches : ofLast(matches) };
}

/** The same of whatever depends on the resource alone; what came of the last is kept. */
function ofLast(matches: ResourceElement['matches']): ResourceElement['matches'] {
  let last: string | undefined;
  let answer: Truth = NO;
  return (resource, context) => {
    if (resource !== last) {
      answer = matches(resource, context);
      last = resource;
    }
    return answer;
  };
}

type Entry = (resource: string, context: Context) => Truth | 'void';

function entryOf(pattern: string, variables: boolean, doubts: string[]): Entry {
  const template = templateOf(pattern, { wildcards: true, variables });
  if (typeof template === 'string') {
    doubts.push(template);
    return () => MAYBE;
  }
  if ('fixed' in template) {
    const { fixed } = template;
    const match = onDemand(() => plainResourceOf(pattern) ?? resourceMatchOf(fixed()));
    if (pattern !== '*' && !pattern.startsWith('arn:')) doubts.push(`'${pattern}' is not an ARN`);
    return match;
  }
  if (pattern.slice(0, pattern.indexOf('${')).split(':').length < 6) {
    doubts.push(`'${pattern}' has a variable before the last part of the ARN`);
    return () => MAYBE;
  }
  return (resource, context) => {
    const tokens = template.resolve(context);
    if (tokens === 'absent') return 'void';
    return tokens === 'unclear' ? MAYBE : resourceMatchOf(tokens)(resource);
  };
}

/** Of an action that a statement does not name; for tests of what can be told apart. */
export const EVERY_RESOURCE: ResourceElement = {
  negated: false,
  patterns: ['*'],
  doubts: [],
  matches: () => truth(true),
};
