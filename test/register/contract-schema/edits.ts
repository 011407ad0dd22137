/** Edits of data contracts: at any place, with odd values and with parts of a whole one, as whatever people write may come about. */
import fc from 'fast-check';
import { awards } from './awards';
import { type Group, type Json, places } from './parts';

const words = [...new Set(places(awards).flatMap(({ group, key }) => [key, group[key]]))].filter(
  (each) => typeof each === 'string',
);
/** Texts that are no tidy ones, and times that are none. */
export const ODD: Json[] = [
  '',
  ' ',
  'é',
  '2026-02-30',
  '2026-11-02T09:30Z',
  '2026-11-02T24:00:00Z',
  '2026-11-02T09:30:00+24:00',
];
/** What may look like an address, and what is one oddly. */
export const ADDRESSES: Json[] = [
  's3://a b',
  's3://',
  'https://[::1',
  'https://a:b/c',
  'x:',
  'x:/',
  'x:/a',
  '//a',
  'a%zz:',
  'http://é/',
  'x://a@b@c',
  'x:a?b#c#d',
];
/** What is no text. */
export const OTHERS: Json[] = [
  0,
  -1,
  1.5,
  1e21,
  -0.01,
  7,
  true,
  false,
  null,
  [],
  {},
  [''],
  [1, 1],
  { a: [null] },
  ['a.b', 'a/b'],
];

/** One of them. */
export type Edit = {
  how: 'remove' | 'rename' | 'replace' | 'copy' | 'add' | 'borrow';
  at: number;
  from: number;
  word: string;
  value: Json;
};

export const anEdit: fc.Arbitrary<Edit> = fc.record({
  how: fc.constantFrom('remove', 'rename', 'replace', 'copy', 'add', 'borrow'),
  at: fc.nat(),
  from: fc.nat(),
  word: fc.constantFrom(...words),
  value: fc.oneof(fc.constantFrom(...words), fc.constantFrom(...ODD, ...ADDRESSES, ...OTHERS)),
});

const parts = places(awards);

/** Changes one place of the document, with a part of the full example where the edit needs one. */
export function carryOut(document: Group, { how, at, from, word, value }: Edit): void {
  const all = places(document);
  const place = all[at % all.length];
  if (place === undefined) return;
  const { group, key } = place;
  const likes = how === 'borrow' ? parts.filter((each) => each.key === key) : parts;
  const source = likes[from % likes.length] ?? place;
  const copy = structuredClone(source.group[source.key] as Json);
  const inner = group[key];
  if (how === 'replace') group[key] = value;
  else if (how === 'copy' || how === 'borrow') group[key] = copy;
  else if (how === 'add')
    (inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? inner : document)[word] = copy;
  else if (Array.isArray(group)) group.splice(Number(key), 1);
  else {
    delete group[key];
    if (how === 'rename') group[word] = inner as Json;
  }
}
