/** Rights beyond a role’s purpose, and those that it lacks, in words: the last step, for people. */
import { ACCOUNT_OF_UNITS } from '../../assembly';
import { partsOfArn } from '../../iam';
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
  const who = tellHolder(role);
  const when = Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [
    {
      'beyond its purpose': `extra: ${who} is given ${action}, which it is not there for`,
      missing: `missing: ${who} cannot do ${action}, which it is there for`,
      'not judged': `not judged: whether ${who} is given ${action}, which it is not there for`,
    }[what],
    `  on ${resource}`,
    ...(when.length === 0 ? [] : [`  when ${when.join(', ')}`]),
    statement === undefined
      ? `  ${what === 'missing' ? 'nothing allows it in' : 'it is allowed by'} ${place}: synthesise the assembly again`
      : `  '${statement}' of '${place}' allows it: take it out`,
  ];
}

/** A role by its name and account, or whoever else it is. */
function tellHolder(holder: string): string {
  const [, , service, , account, name] = partsOfArn(holder) ?? [];
  return service === 'iam' && account !== ''
    ? `${name} of ${account === ACCOUNT_OF_UNITS ? 'each account' : `account ${account}`}`
    : holder;
}
