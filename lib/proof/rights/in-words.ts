/** Rights beyond a role’s purpose, and those that it lacks, in words: the last step, for people. */
import type { RightFinding } from './rights';

/** A finding as lines of text. */
export function rightLines({
  what,
  role,
  place,
  action,
  resource,
  context,
  statement,
}: RightFinding): string[] {
  const name = role.slice(role.lastIndexOf(':') + 1);
  const account = role.split(':')[4] ?? '';
  const when = Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [
    {
      'beyond its purpose': `extra: ${name} of account ${account} is given ${action}, which it is not there for`,
      missing: `missing: ${name} of account ${account} cannot do ${action}, which it is there for`,
      'not judged': `not judged: whether ${name} of account ${account} is given ${action}, which it is not there for`,
    }[what],
    `  on ${resource}`,
    ...(when.length === 0 ? [] : [`  when ${when.join(', ')}`]),
    statement === undefined
      ? `  no policy of ${place} allows it within its boundary: synthesise the assembly again`
      : `  '${statement}' of '${place}' allows it: take it out`,
  ];
}
