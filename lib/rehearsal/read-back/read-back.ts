/** Reads every deployed resource back through its service’s own API: that a stack is complete says little of what is there. */
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import type { AssemblyStack } from '../../assembly';
import type { Clients } from '../clients';
import type { PropertyRead } from '../result';
import { CODE_READERS } from './code-readers';
import { DATA_READERS } from './data-readers';
import { MESSAGE_READERS } from './message-readers';
import { deployedProperties, outcomeOf, type Reader, text } from './reading';

/** By resource type: how its properties are read. @internal Only tests import it. */
export const READERS: Readonly<Record<string, Reader>> = {
  ...DATA_READERS,
  ...CODE_READERS,
  ...MESSAGE_READERS,
};

const SHOWN = 160;

/** Reads the stacks as they were staged. What a service can’t be asked for was ignored by the endpoint, and is said. */
export async function readBack(
  stacks: readonly AssemblyStack[],
  clientsOf: (account: string) => Clients,
): Promise<PropertyRead[]> {
  const all = await Promise.all(stacks.map((stack) => readStack(stack, clientsOf(stack.account))));
  return all.flat();
}

async function readStack(stack: AssemblyStack, clients: Clients): Promise<PropertyRead[]> {
  const { StackResources = [] } = await clients
    .cloudFormation()
    .send(new DescribeStackResourcesCommand({ StackName: stack.name }))
    .catch(() => ({ StackResources: [] }));
  const physicalIds = new Map(
    StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
  const reads: PropertyRead[] = [];
  for (const [resource, { Type: type, Properties }] of Object.entries(stack.resources)) {
    const about = { stack: stack.name, resource, type };
    const physicalId = physicalIds.get(resource);
    const reader = READERS[type];
    if (reader === undefined || physicalId === undefined) {
      const seen = reader === undefined ? 'the rehearsal has no way to read this type' : 'nothing';
      reads.push({
        ...about,
        property: 'the resource itself',
        outcome: 'differs',
        expected: 'to be there',
        seen,
      });
      continue;
    }
    const properties = deployedProperties(Properties, stack, physicalIds);
    const { account, region, name } = stack;
    try {
      for (const read of await reader({ clients, account, region, stack: name, physicalId, properties }))
        if (read[1] !== undefined)
          reads.push({
            ...about,
            property: read[0],
            outcome: outcomeOf(read),
            expected: text(read[1]).slice(0, SHOWN),
            seen: text(read[2]).slice(0, SHOWN),
          });
    } catch (error) {
      const { name: what, message } = error as Error;
      const seen = `can’t be asked (${what}: ${message})`.slice(0, SHOWN);
      reads.push({
        ...about,
        property: 'all',
        outcome: 'ignored by the endpoint',
        expected: 'to be readable',
        seen,
      });
    }
  }
  return reads;
}
