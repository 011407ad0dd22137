/**
 * What changes in each agreement, and in the contract that its data must keep to, term by term. Access is told from shares; these
 * are all terms, so that none changes without being said.
 */
import { type Assembly, isGroup, provenanceOf } from '../assembly';
import { type Agreement, directionsOf, type RegisterContent } from '../register';
import { isDate } from '../register/calendar';
import { byName, type Change } from './change';

/** The value of a term: a text as the register has it, or a list of texts without order. */
export type TermValue = string | readonly string[];

/** One term that is not what it was; without `before` it is said now, without `after` no longer. */
export interface TermChange extends Change<TermValue> {
  /** Whether it is the agreement’s own, or one of the contract of its data. */
  readonly of: 'agreement' | 'contract';
  /** Where it stands there, such as `delivery.largestObject`. */
  readonly term: string;
}

/** An agreement of both registers whose terms differ. */
export interface ChangedAgreement {
  readonly id: Agreement['id'];
  /** The ids of those who own what is shared under it, as the later register has them. */
  readonly owners: readonly string[];
  readonly terms: readonly TermChange[];
}

/** Links work for whoever holds them. */
const LINKS = 'delivery.presignedUrls';
/** Without it later terms need no signature, unless the zone asks for one. */
const APPROVALS = 'approvals';
/** Whoever has one of them reads all. */
const SEALED_TO = 'sealed.keys';

/** The agreements whose terms differ, in the order of their ids. @throws AssemblyError if a register is not there or names one twice */
export function termChanges(before: Assembly, after: Assembly): ChangedAgreement[] {
  const [was, is] = [before, after].map((each) => provenanceOf(each).register);
  if (was === undefined || is === undefined) return [];
  const old = byName(was.agreements, ({ id }) => id);
  return [...is.agreements]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((now) => {
      const then = old.get(now.id);
      if (then === undefined) return [];
      const terms = [
        ...changesBetween('agreement', termsOf(withListsAsTexts(then)), termsOf(withListsAsTexts(now))),
        ...(then.contract === now.contract && now.contract !== undefined
          ? contractChanges(now.contract, was, is)
          : []),
      ];
      return terms.length === 0
        ? []
        : [{ id: now.id, owners: directionsOf(now).map(({ owner }) => owner), terms }];
    });
}

/**
 * Whether a change of terms lets anybody do more than before by itself: collecting by links, sharing unsigned, or opening what
 * is sealed.
 */
export function widensTerms({ terms }: ChangedAgreement): boolean {
  return terms.some(({ term, before, after }) => {
    if (term === LINKS) return after === 'allowed';
    if (term === APPROVALS) return after === undefined;
    // Where it was not sealed, everybody who collects could read it, and where it is not any more everybody can.
    return (
      term === SEALED_TO && before !== undefined && [after ?? '*'].flat().some((key) => !before.includes(key))
    );
  });
}

/** Each key that an agreement is sealed to as one text, and each inbox, so that the lists are told as a whole. */
function withListsAsTexts({ sealed, correspondence, ...agreement }: Agreement) {
  const inboxes = correspondence?.inboxes.map(
    ({ id, of, team, notices, readers: { roles = [], appRoles = [] } }) =>
      `${id} of ${of} (${team}), told at ${notices}, for ${[...roles, ...appRoles].join(' and ')}`,
  );
  const rest = { ...agreement, ...(inboxes && { correspondence: { inboxes } }) };
  if (sealed === undefined) return rest;
  // Of a post-quantum key of 1,959 characters, its ends: they hold its checksum.
  const short = (key: string) => (key.length <= 70 ? key : `${key.slice(0, 24)}…${key.slice(-8)}`);
  const keys = sealed.keys.map(({ key, holder, keptBy }) => `${short(key)} of ${holder}, kept by: ${keptBy}`);
  return { ...rest, sealed: { ...sealed, keys } };
}

/** What sort of text a value is: a day, a span of time, a size or another word, or a sentence of people’s. */
export function sortOfText(text: string): 'day' | 'span' | 'word' | 'sentence' {
  if (isDate(text)) return 'day';
  if (/^P(?:\d+[YMWD])+$/.test(text)) return 'span';
  return /^[\d.]+ [kMGT]?B$/.test(text) || !/\s/.test(text) ? 'word' : 'sentence';
}

function contractChanges(id: string, was: RegisterContent, is: RegisterContent): TermChange[] {
  const [old, now] = [was, is].map(({ contracts }) => contracts.find((each) => each.id === id));
  return changesBetween('contract', termsOf(old ?? {}), termsOf(now ?? {}));
}

function changesBetween(
  of: TermChange['of'],
  was: ReadonlyMap<string, TermValue>,
  is: ReadonlyMap<string, TermValue>,
): TermChange[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((term) => {
    const [before, after] = [was.get(term), is.get(term)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ of, term, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  });
}

/** Every term by its path. A list of texts is one term; what else is in lists has its place in the path. */
function termsOf(value: unknown): Map<string, TermValue> {
  const terms = new Map<string, TermValue>();
  const walk = (each: unknown, path: string): void => {
    if (Array.isArray(each) && each.every((member) => typeof member !== 'object'))
      terms.set(path, each.map(String).sort());
    else if (Array.isArray(each) || isGroup(each))
      for (const [name, member] of Object.entries(each)) walk(member, path === '' ? name : `${path}.${name}`);
    else terms.set(path, String(each));
  };
  walk(value, '');
  return terms;
}
