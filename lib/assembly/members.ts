/** What stands beside a policy where nothing else is to stand. */
import { isGroup } from './stack';

/** Says of each member of a group that is none of these that it is not judged; once, however often it is asked. */
export function demandMembers(
  value: unknown,
  known: readonly string[],
  place: string,
  notUnderstood: string[],
): void {
  if (!isGroup(value)) return;
  for (const name of Object.keys(value).filter((each) => !known.includes(each))) {
    const told = `${place} has ${name}, which is not judged: take it out`;
    if (!notUnderstood.includes(told)) notUnderstood.push(told);
  }
}

/** The same of each inline policy of a role. */
export function demandPolicies(policies: readonly unknown[], place: string, notUnderstood: string[]): void {
  for (const [n, each] of policies.entries())
    demandMembers(each, ['PolicyName', 'PolicyDocument'], `${place} Policies.${n}`, notUnderstood);
}
