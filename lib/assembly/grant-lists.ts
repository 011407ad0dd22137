/** The lists of grants of an assembly, each read once: the world and the custody statement ask for the same ones. */
import { type GrantList, keyArnParts, parseGrantList } from '../wire';
import type { Readable } from './parsed-files';

/** By the function that reads, by the place of the key, by the text of the list. */
const known = new WeakMap<Readable['file'], Map<string, Map<string, GrantList>>>();

/**
 * A list of grants of an assembly, read for a key. A list holds for every key of one account and Region, or for none: so one that
 * was read for a key holds for the same key under an ARN that stands for it.
 * @throws GrantListError with every problem
 */
export function grantListIn({ file }: Pick<Readable, 'file'>, text: string, keyArn: string): GrantList {
  const places = known.get(file) ?? new Map<string, Map<string, GrantList>>();
  known.set(file, places);
  const { account, region } = keyArnParts(keyArn) ?? {};
  const place = `${account} ${region}`;
  const lists = places.get(place) ?? new Map<string, GrantList>();
  places.set(place, lists);
  const list = lists.get(text) ?? parseGrantList(text, keyArn);
  lists.set(text, list);
  return list;
}
