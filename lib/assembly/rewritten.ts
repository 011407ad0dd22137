/**
 * Values of templates with some of their parts replaced: of what stays as it is, nothing is copied, and that is nearly all. What
 * `of` needs to know is handed on to it, so that it need not be made anew for each of a million lists and groups.
 */

type Group = Readonly<Record<string, unknown>>;

/** A list with each member as `of` makes it; the same list where that changes none. */
export function listRewritten<Known>(
  list: readonly unknown[],
  of: (member: unknown, known: Known) => unknown,
  known: Known,
): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const member = of(list[at], known);
    if (member === list[at]) continue;
    copy ??= [...list];
    copy[at] = member;
  }
  return copy ?? list;
}

/** A group with each member as `of` makes it, in the same order; the same group where that changes none. */
export function groupRewritten<Known>(
  group: Group,
  of: (member: unknown, known: Known) => unknown,
  known: Known,
): Group {
  let copy: Record<string, unknown> | undefined;
  for (const key in group) {
    const member = of(group[key], known);
    if (member === group[key]) continue;
    copy ??= { ...group };
    copy[key] = member;
  }
  return copy ?? group;
}
