/** The groups of people whom shared data is about, as agreements call them, and what is shared about each. */
import type { PublicAgreement, PublicRecord } from './public-record';

/** One group, with the agreements that name it. */
export interface Group {
  readonly name: string;
  /** What its page is called. */
  readonly slug: string;
  /** Whose they are, where the name alone does not say: the groups that agreements name before it. */
  readonly whose: readonly string[];
  /** Those that are over come last. */
  readonly agreements: readonly PublicAgreement[];
}

/** “Their partners”, which says nothing to whoever has not read the line before. */
const OF_OTHERS = /\btheir\b/i;

const LONGEST_SLUG = 60;

/** Whether nothing is shared under an agreement any more. */
function isOver({ shares = [] }: PublicAgreement): boolean {
  return shares.length > 0 && shares.every(({ state }) => state === 'ended');
}

/** Every group, in the order of the alphabet. Agreements that write a group alike but for capitals are together. */
export function groupsOf({ agreements }: PublicRecord): Group[] {
  const groups = new Map<string, { readonly name: string; whose: string[]; agreements: PublicAgreement[] }>();
  for (const agreement of [...agreements].sort((a, b) => Number(isOver(a)) - Number(isOver(b)))) {
    let owners: string | undefined;
    for (const subject of agreement.subjects ?? []) {
      const name = subject.trim();
      const key = name.toLowerCase();
      const group = groups.get(key) ?? { name, whose: [], agreements: [] };
      if (!group.agreements.includes(agreement)) group.agreements.push(agreement);
      if (!OF_OTHERS.test(name)) owners = name;
      else if (owners !== undefined && !group.whose.includes(owners)) group.whose.push(owners);
      groups.set(key, group);
    }
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
