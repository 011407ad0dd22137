/** Keeps names out of texts that others wrote: a text that names a stranger is left out, and counted. */
import type { EvidenceOrganisation } from './model';

/** What stands in the place of a text that named others. @internal Only tests import it. */
export const WITHHELD = '(left out here, since it names organisations with which there is no agreement)';

/** Looks through records of texts. */
export interface Names {
  /** The record with every text that names a stranger replaced, at any depth. */
  record<T>(value: T): T;
  /** How many texts were replaced so far. */
  count(): number;
}

type Named = Pick<EvidenceOrganisation, 'id' | 'name' | 'account'>;

/** For the organisations that must not be named: their ids, names and accounts, as words of a text; those of the parties may be. */
export function namesWithheld(strangers: readonly Named[], parties: readonly Named[]): Names {
  const words = wordsOf(strangers);
  // East Surrey Council is no mention of surrey, where it is a party.
  const own = wordsOf(parties).sort((a, b) => b.length - a.length);
  const allowed = new RegExp(own.map(escapedForPattern).join('|') || '(?!)', 'gi');
  const named =
    words.length === 0
      ? undefined
      : new RegExp(`(?<![\\w-])(?:${words.map(escapedForPattern).join('|')})(?![\\w-])`, 'i');
  let count = 0;
  const without = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (named === undefined || !named.test(value.replace(allowed, '·'))) return value;
      count += 1;
      return WITHHELD;
    }
    if (Array.isArray(value)) return value.map(without);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, without(each)]));
  };
  return { record: <T>(value: T) => without(value) as T, count: () => count };
}

function wordsOf(organisations: readonly Named[]): string[] {
  return organisations.flatMap(({ id, name, account }) => [id, name, account]);
}

function escapedForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
