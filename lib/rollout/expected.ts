/** What CloudFormation is to do with a stack, by the plan: forwards, and back again. */
import type { Assembly, TemplateResource } from '../assembly';
import { type Expected, type ExpectedChange, type Side, templateDigest } from '../change-sets';
import { replacingOf } from '../plan';
import type { SavedPlan } from '../wire';
import { stackCalled } from './fleet';

type Pair = Readonly<Record<Side, Assembly>>;

/** What the plan has CloudFormation do with a stack to bring it to a side. */
export function expectedOf(planned: SavedPlan['stacks'][number], pair: Pair, to: Side): Expected {
  const { stack, change } = planned;
  const [from, upon] = to === 'after' ? (['before', 'after'] as const) : (['after', 'before'] as const);
  const resourcesOn = (side: Side) => stackCalled(pair[side], stack)?.resources ?? {};
  const [was, is] = [resourcesOn(from), resourcesOn(upon)];
  const turned = { add: 'remove', modify: 'modify', remove: 'add' } as const;
  const isMade = change === 'new' || change === 'moved';
  const after = digestOn(pair.after, stack);
  const before = isMade ? undefined : digestOn(pair.before, stack);
  return {
    resources: new Map(
      planned.resources.map(({ id, type, action }) => {
        const done = to === 'after' ? action : turned[action];
        return [id, { type, action: done, ...fateOf(was[id], is[id], done) }];
      }),
    ),
    templates: { ...(after !== undefined && { after }), ...(before !== undefined && { before }) },
  };
}

function fateOf(
  was: TemplateResource | undefined,
  is: TemplateResource | undefined,
  action: ExpectedChange['action'],
): Pick<ExpectedChange, 'replaces' | 'maySeeNone'> {
  if (action !== 'modify' || was === undefined || is === undefined)
    return { replaces: false, maySeeNone: false };
  const [old, now] = [was.Properties ?? {}, is.Properties ?? {}];
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const isPolicy = (name: 'DeletionPolicy' | 'UpdateReplacePolicy') => differs(was[name], is[name]);
  return {
    replaces: replacingOf(is.Type).some((name) => differs(old[name], now[name])),
    maySeeNone: !differs(old, now) && !isPolicy('DeletionPolicy') && !isPolicy('UpdateReplacePolicy'),
  };
}

function digestOn(assembly: Assembly, name: string): string | undefined {
  const stack = stackCalled(assembly, name);
  const text = stack && assembly.file(stack.file);
  return text === undefined ? undefined : templateDigest(text);
}
