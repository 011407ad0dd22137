/** What a policy of a probe gives, for tests: whether an action on a resource is allowed, tags aside. */
import type { RightsPolicy } from '../../lib/probe/rights';

export function createCaller({ Statement }: RightsPolicy): (action: string, resource: string) => boolean {
  return (action, resource) =>
    Statement.some(
      ({ Action, Resource }) =>
        Action.some((each) => matches(each, action)) &&
        [Resource].flat().some((each) => matches(each, resource)),
    );
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`).test(text);
}
