/** Whether a change of a stack only takes away: nothing that it makes may do, holds or is more than before. */
import { type AssemblyStack, isGroup, type TemplateResource } from '../assembly';

/** A stack as it was and as it is, with the logical ids of what differs. */
interface Difference {
  readonly before?: AssemblyStack;
  readonly after?: AssemblyStack;
  readonly isMoved: boolean;
  readonly resources: Readonly<Record<'added' | 'changed' | 'removed', readonly string[]>>;
}

/**
 * Whether the stack only takes away. Such a stack is deployed when all others have been: what is taken away may be what CloudFormation
 * needs elsewhere to delete what is gone there. What cannot be told counts as giving.
 */
export function onlyTakesAway({ before, after, isMoved, resources }: Difference): boolean {
  if (before === undefined || after === undefined || isMoved || resources.added.length > 0) return false;
  if (resources.removed.length + resources.changed.length === 0) return false;
  return resources.changed.every((id) => isLess(plain(before.resources[id]), plain(after.resources[id])));
}

/** A resource without its metadata, and with the template of a StackSet as a value. */
function plain(resource: TemplateResource | undefined): unknown {
  const { Metadata: _, ...rest } = resource ?? { Type: '' };
  const body = rest.Properties?.TemplateBody;
  if (typeof body !== 'string') return rest;
  try {
    return { ...rest, Properties: { ...rest.Properties, TemplateBody: JSON.parse(body) as unknown } };
  } catch {
    return rest;
  }
}

/** Whether a value says less than before: of groups and lists fewer members, and of statements fewer Allow and more Deny. */
function isLess(was: unknown, is: unknown): boolean {
  if (JSON.stringify(was) === JSON.stringify(is)) return true;
  if (Array.isArray(was) && Array.isArray(is)) {
    const denied = (list: readonly unknown[], denies: boolean) =>
      list.filter((each) => isDeny(each) === denies);
    return isAmong(denied(is, false), denied(was, false)) && isAmong(denied(was, true), denied(is, true));
  }
  if (!isGroup(was) || !isGroup(is)) return false;
  // A condition that is not there any more gives; one that differs may.
  const conditions = [was, is].map(({ Condition }) => JSON.stringify(Condition));
  if (conditions[0] !== conditions[1]) return false;
  return Object.entries(is).every(([name, each]) => name in was && isLess(was[name], each));
}

function isDeny(value: unknown): boolean {
  return isGroup(value) && value.Effect === 'Deny';
}

/** Whether each of some members is in a list, or says less than one that is. */
function isAmong(some: readonly unknown[], list: readonly unknown[]): boolean {
  return some.every((each) => list.some((one) => isLess(one, each)));
}
