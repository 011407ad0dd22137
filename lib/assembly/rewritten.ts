/** Values of templates with some of their parts replaced: of what stays as it is, nothing is copied, and that is nearly all. */

type Group = Readonly<Record<string, unknown>>;

/** A list with each member as `of` makes it; the same list where that changes none. */
export function listRewritten(
  list: readonly unknown[],
  of: (member: unknown) => unknown,
): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const member = of(list[at]);
    if (member === list[at]) continue;
    copy ??= [...list];
    copy[at] = member;
  }
  return copy ?? list;
}

/** A group with each member as `of` makes it, in the same order; the same group where that changes none. */
export function groupRewritten(group: Group, of: (member: unknown) => unknown): Group {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(group)) {
    const member = of(group[key]);
    if (member === group[key]) continue;
    copy ??= { ...group };
    copy[key] = member;
  }
  return copy ?? group;
}
