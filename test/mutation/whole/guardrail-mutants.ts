/** Every mutant of what guardrails say: of each statement, as of any other policy’s. */
import type { AssemblyStack, TemplateResource } from '../../../lib/assembly';
import { isGroup } from '../../../lib/assembly';
import { changesOf } from '../changes';
import type { Statement } from '../json-statement';
import { type WholeMutant, withResource } from './whole-mutant';

/** The type of policies above accounts. */
const CONTROL = 'AWS::Organizations::Policy';

/** The statements of a service or resource control policy; undefined of what has none. */
export function statementsIn({ Type, Properties }: TemplateResource): readonly Statement[] | undefined {
  const content = Type === CONTROL ? Properties?.Content : undefined;
  return isGroup(content) && Array.isArray(content.Statement)
    ? (content.Statement as readonly Statement[])
    : undefined;
}

/** Every one of a stack. @param neighbour the account of an organisation */
export function guardrailMutants(stack: AssemblyStack, neighbour: string): WholeMutant[] {
  return Object.entries(stack.resources).flatMap(([id, resource]) =>
    changesOf(statementsIn(resource) ?? [], neighbour).map(
      ({ kind, how, statements }): WholeMutant => ({
        sort: 'guardrail',
        type: CONTROL,
        place: `${stack.name}/${id}`,
        account: stack.account,
        kind,
        how,
        path: 'Content.Statement',
        edit: {
          in: 'stack',
          stack: stack.name,
          resources: () => withResource(stack, id, withStatements(resource, statements)),
        },
      }),
    ),
  );
}

function withStatements(resource: TemplateResource, Statement: readonly Statement[]): TemplateResource {
  const { Content, ...others } = resource.Properties ?? {};
  return { ...resource, Properties: { ...others, Content: { ...(Content as object), Statement } } };
}
