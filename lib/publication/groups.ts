/** The groups of people whom shared data is about, as agreements call them, and what is shared about each. */
import type { PublicAgreement, PublicRecord } from './public-record';

/** One group, with the agreements that name it. */
export interface Group {
  readonly name: string;
  /** What its page is called. */
  readonly slug: string;
  readonly agreements: readonly PublicAgreement[];
}

const LONGEST_SLUG = 60;

/** Every group, in the order of the alphabet. Agreements that write a group alike but for capitals are together. */
export function groupsOf({ agreements }: PublicRecord): Group[] {
  const groups = new Map<string, { readonly name: string; readonly agreements: PublicAgreement[] }>();
  for (const agreement of agreements)
    for (const subject of agreement.subjects ?? []) {
      const name = subject.trim();
      const key = name.toLowerCase();
      const group = groups.get(key) ?? { name, agreements: [] };
      if (!group.agreements.includes(agreement)) group.agreements.push(agreement);
      groups.set(key, group);
    }
  // The front of the folder has this name.
  const taken = new Set(['index']);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ ...group, slug: slugOf(group.name, taken) }));
}

function slugOf(name: string, taken: Set<string>): string {
  const all = name
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  // Cut after a word.
  const short = all.length > LONGEST_SLUG ? all.slice(0, LONGEST_SLUG).replace(/-[^-]*$/, '') : all;
  const plain = short || 'group';
  let slug = plain;
  for (let number = 2; taken.has(slug); number += 1) slug = `${plain}-${number}`;
  taken.add(slug);
  return slug;
}
