/** What a guardrail promises: of some actions on some things, that whoever is not spared is refused them, whatever his own policies say. */
import type { Value } from '../values';

/** One promise of docs/guardrails.md, by what it is about. */
export type PromiseId =
  | 'other regions'
  | 'pages at the edge'
  | 'certificates elsewhere'
  | 'copies'
  | 'keys of many regions'
  | 'public block of the account'
  | 'public block of buckets'
  | 'open lists of access'
  | 'leaving'
  | 'record'
  | 'root'
  | 'own roles'
  | 'policies on own roles'
  | 'broker on other roles'
  | 'passing own roles'
  | 'bootstrap roles'
  | 'passing bootstrap roles'
  | 'stacks'
  | 'baseline stacks'
  | 'functions'
  | 'calls of functions'
  | 'feeds of functions'
  | 'watch'
  | 'lines of logs'
  | 'logs of the account'
  | 'metrics'
  | 'notices of log files'
  | 'verdicts for the gate'
  | 'machine of the gate'
  | 'starts of the machine'
  | 'tables'
  | 'items of tables'
  | 'record of stops'
  | 'buckets'
  | 'notifications of buckets'
  | 'assets'
  | 'what Config recorded'
  | 'locks and other changes of objects'
  | 'access points'
  | 'policies of access points'
  | 'keys'
  | 'ends of keys'
  | 'grants on shared data'
  | 'names of keys'
  | 'days before a key ends'
  | 'roles that deploy'
  | 'providers of sessions'
  | 'providers of people'
  | 'other providers'
  | 'origin of keys'
  | 'origin of deposits'
  | 'outsiders on shared data'
  | 'outsiders on the rest'
  | 'services for others'
  | 'federated sessions'
  | 'grants by outsiders'
  | 'without TLS'
  | 'old TLS'
  | 'outsiders on tables, events and logs'
  | 'services for others on tables, events and logs'
  | 'tables, events and logs without TLS'
  | 'block of public access';

/** Where policies that keep a promise are attached. */
export type Attached =
  /** To every unit. */
  | 'units'
  /** To the accounts of those who deploy. */
  | 'deployers'
  /** To the unit of one kind of custody. */
  | { readonly custody: string };

/** Some of the values of condition keys, and when the promise holds; what is left out of them does not count. */
export interface When {
  readonly values: Readonly<Record<string, readonly Value[]>>;
  readonly holds: (read: (key: string) => Value) => boolean;
}

/** One promise. */
export interface Promised {
  readonly id: PromiseId;
  readonly attached: Attached;
  /** As AWS writes them. */
  readonly actions: readonly string[];
  /**
   * Where given, every other action of these services is meant too, but for those that these patterns take; `*` is each
   * service that a policy names, and one that none does.
   */
  readonly allBut?: { readonly services: readonly string[]; readonly patterns: readonly string[] };
  /** Things in an account, by their ARNs; `*` of an action that has none. */
  readonly resources: (account: string) => readonly string[];
  /** Where given, it is asked in this account, and in no other that would stand for all. */
  readonly account?: string;
  /** Patterns of the ARNs of roles: `arn:aws:iam::*:role/stacksets-exec-*`. */
  readonly spared: readonly string[];
  /** Where given, it is about these callers alone, by their ARNs. */
  readonly callers?: RegExp;
  /** Where given, it is about these requests alone. */
  readonly when?: When;
}

/** That a key of the request has one of some values. */
export function where(key: string, ...values: readonly string[]): When {
  return { values: { [key]: values }, holds: (read) => values.includes(String(read(key))) };
}

/** Words of a list with white space between. */
function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Actions of one service. */
export function of(service: string, names: string): string[] {
  return words(names).map((each) => `${service}:${each}`);
}
