/**
 * One statement of a policy, compiled.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
import { type ConditionTest, conditionOf } from './condition';
import {
  type ActionElement,
  actionElementOf,
  EVERY_RESOURCE,
  type ResourceElement,
  resourceElementOf,
} from './element';
import type { PolicyKind } from './kind';
import { ELEMENTS_BY_KIND } from './kind';
import { type Principals, principalsBesideTrust, principalsOf } from './principal';

/** A statement, ready to be matched. */
export interface Statement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  /** Undefined if it is neither, so that the statement might do both. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** Undefined in a policy of an identity, which speaks of its holder. */
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
  readonly actions: ActionElement;
  readonly resources: ResourceElement;
  readonly conditions: readonly ConditionTest[];
  /** Why the statement as a whole can’t be judged: it would be refused by AWS, or has an element that is not known. */
  readonly doubts: readonly string[];
}

/** The elements that a statement may have. */
export const STATEMENT_ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** Compiles a statement. It throws nothing: what is wrong with it is a doubt. */
export function statementOf(given: unknown, index: number, kind: PolicyKind, variables: boolean): Statement {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  const raw = (isObject ? given : {}) as Readonly<Record<string, unknown>>;
  const effect = raw.Effect === 'Allow' || raw.Effect === 'Deny' ? raw.Effect : undefined;
  const doubts = isObject ? doubtsAbout(raw, kind) : ['the statement is not an object'];
  const named = kind === 'trust' ? principalsOf : principalsBesideTrust;
  return {
    index,
    sid: typeof raw.Sid === 'string' ? raw.Sid : undefined,
    effect,
    principals: 'Principal' in raw ? named(raw.Principal) : undefined,
    notPrincipals: 'NotPrincipal' in raw ? named(raw.NotPrincipal) : undefined,
    actions: 'NotAction' in raw ? actionElementOf(raw.NotAction, true) : actionElementOf(raw.Action, false),
    resources: resourcesOf(raw, variables),
    conditions: 'Condition' in raw ? conditionOf(raw.Condition, variables) : [],
    doubts,
  };
}

function resourcesOf(raw: Readonly<Record<string, unknown>>, variables: boolean): ResourceElement {
  if ('NotResource' in raw) return resourceElementOf(raw.NotResource, true, variables);
  return 'Resource' in raw ? resourceElementOf(raw.Resource, false, variables) : EVERY_RESOURCE;
}

/** Elements that exclude each other. */
const EITHER = [
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
  ['Principal', 'NotPrincipal'],
] as const;

function doubtsAbout(raw: Readonly<Record<string, unknown>>, kind: PolicyKind): string[] {
  const has = (element: string) => element in raw;
  const rules = ELEMENTS_BY_KIND[kind];
  const doubts: string[] = [];
  for (const element of Object.keys(raw))
    if (!STATEMENT_ELEMENTS.has(element)) doubts.push(`'${element}' is not an element of a statement`);
  const must = (ok: boolean, doubt: string) => {
    if (!ok) doubts.push(doubt);
  };
  must(raw.Effect === 'Allow' || raw.Effect === 'Deny', 'Effect is neither Allow nor Deny');
  for (const [element, not] of EITHER)
    if (has(element) && has(not)) doubts.push(`${element} and ${not} exclude each other`);
  must(has('Action') || has('NotAction'), 'there is no Action');
  const hasPrincipal = has('Principal') || has('NotPrincipal');
  const hasResource = has('Resource') || has('NotResource');
  if (hasPrincipal !== rules.principal)
    doubts.push(rules.principal ? 'there is no Principal' : `Principal has no place in ${rules.article}`);
  if (hasResource !== rules.resource)
    doubts.push(rules.resource ? 'there is no Resource' : `Resource has no place in ${rules.article}`);
  if (has('NotPrincipal') && !rules.notPrincipal)
    doubts.push(`NotPrincipal has no place in ${rules.article}`);
  must(!has('NotPrincipal') || raw.Effect === 'Deny', 'NotPrincipal needs the effect Deny');
  doubts.push(...(rules.more?.(raw) ?? []));
  return doubts;
}
