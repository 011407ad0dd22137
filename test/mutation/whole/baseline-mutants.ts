/**
 * Every mutant of the template that a StackSet holds: of its resources, of their policies and of the template as a whole, by the
 * same rules as of any stack’s template.
 */
import {
  type Assembly,
  type AssemblyStack,
  isGroup,
  stackSetTemplate,
  type TemplateResource,
} from '../../../lib/assembly';
import type { Json } from '../../compliance/judged-sample';
import { mutantsOf, sourceWith } from '../policies';
import { resourceMutants } from './resource-mutants';
import { templateMutants } from './template-mutants';
import { type WholeMutant, withResource } from './whole-mutant';

/** The type of what brings a template to every account. */
const STACK_SET = 'AWS::CloudFormation::StackSet';

/** Every one of the StackSets of a stack. */
export function baselineMutants(source: Assembly, stack: AssemblyStack): WholeMutant[] {
  return Object.entries(stack.resources)
    .filter(([, { Type }]) => Type === STACK_SET)
    .flatMap(([id, resource]) => ofStackSet(source, stack, id, resource));
}

function ofStackSet(
  source: Assembly,
  stack: AssemblyStack,
  id: string,
  resource: TemplateResource,
): WholeMutant[] {
  const place = `${stack.name}/${id}`;
  const text = String(resource.Properties?.TemplateBody);
  // As if it were a stack of its own, so that the same rules change it.
  const inner: AssemblyStack = { ...stack, name: place, resources: resourcesIn(text) };
  const whole: Assembly = { ...source, stacks: [inner] };
  const about = { sort: 'baseline', account: stack.account } as const;
  const put = (bodyOf: () => unknown): WholeMutant['edit'] => ({
    in: 'stack',
    stack: stack.name,
    resources: () => {
      const Properties = { ...resource.Properties, TemplateBody: JSON.stringify(bodyOf()) };
      return withResource(stack, id, { ...resource, Properties });
    },
  });
  const edited = (edit: (body: Json) => void) =>
    put(() => {
      const body = stackSetTemplate(text) as Json;
      edit(body);
      return body;
    });
  const holding = (resources: () => AssemblyStack['resources']) =>
    edited((body) => {
      body.Resources = resources();
    });
  return [
    ...[...resourceMutants(whole, inner), ...templateMutants(whole, inner)].map((each): WholeMutant => {
      const { edit } = each;
      const [change] = edit.in === 'files' ? Object.values(edit.edits) : [];
      return {
        ...each,
        ...about,
        place: each.type === 'template' ? place : each.place,
        edit: edit.in === 'stack' ? holding(edit.resources) : edited(change ?? (() => undefined)),
      };
    }),
    ...mutantsOf(whole).map(
      (mutant): WholeMutant => ({
        ...about,
        type: mutant.policy.sort,
        path: mutant.policy.path.join('.'),
        place: mutant.policy.place,
        kind: mutant.kind,
        how: mutant.how,
        edit: holding(() => sourceWith(whole, mutant).stacks[0]?.resources ?? {}),
      }),
    ),
  ];
}

/** @throws SyntaxError if the template is not JSON */
function resourcesIn(text: string): AssemblyStack['resources'] {
  const body: unknown = stackSetTemplate(text);
  return isGroup(body) ? (body.Resources as AssemblyStack['resources']) : {};
}
