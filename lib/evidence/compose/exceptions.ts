/** The exceptions of an assembly: every acknowledged finding, from the metadata that CDK leaves beside each template. */
import { type Assembly, AssemblyError, acknowledgementNotesOf, isGroup } from '../../assembly';
import type { Exception } from '../model';

/** What `acknowledge` records on a resource. */
interface Acknowledged {
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  readonly review: string;
}

/**
 * Those that differ only in the resource, and in what on it they are about, are one. In the order of rules.
 * @throws AssemblyError if metadata cannot be read
 */
export function exceptionsOf(assembly: Assembly, asOf: string): Exception[] {
  const groups = new Map<string, Exception>();
  for (const stack of assembly.stacks)
    for (const { path, data } of acknowledgementNotesOf(assembly, stack)) {
      const { rule: whole, reason, owner, review } = acknowledgedIn(data, stack.file);
      // `AwsSolutions::AwsSolutions-IAM5[Resource::...]`: the rule, and what on the resource it was about.
      const [, rule = whole, detail = ''] = /^([^[]+)(\[.*\])$/.exec(whole) ?? [];
      const key = JSON.stringify([rule, reason, owner, review]);
      const group = groups.get(key);
      const place = `${path}${detail && ` ${detail}`}`;
      if (group === undefined)
        groups.set(key, { rule, reason, owner, review, past: review < asOf, resources: [place] });
      else group.resources.push(place);
    }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function acknowledgedIn(data: unknown, file: string): Acknowledged {
  if (isAcknowledged(data)) return data;
  throw new AssemblyError(
    `an acknowledgement on a resource of ${file} has no rule, reason, owner or review: synthesise the assembly again`,
  );
}

/** By hand: of 400 organisations there are 15,000, and a schema would copy each. */
function isAcknowledged(data: unknown): data is Acknowledged {
  return (
    isGroup(data) &&
    [data.rule, data.reason, data.owner, data.review].every((each) => typeof each === 'string')
  );
}
