/** A template with no more of its resources than it takes to see some of what is to be seen in it. */
import type { Sight } from './sights';
import type { Shape, ShapedResource, ShapedTemplate } from './template-shape';

/** Sections of a template that say nothing of its resources. */
const ABOUT_NO_RESOURCE = new Set(['AWSTemplateFormatVersion', 'Description', 'Resources']);

/**
 * The template with the resources of some sights alone, with all that they refer to in turn and, where it belongs to the sight,
 * what refers to them: of referrers that are the same, two. Undefined where it would be the whole.
 *
 * A referrer waits for nothing else there than what is kept without it: how many it waits for is seen in a sight of its own. What is made
 * after all else of its stack would bring the whole template into each part.
 */
export function partOfTemplate(
  template: ShapedTemplate,
  { resources }: Pick<Shape, 'resources'>,
  sights: readonly Sight[],
): ShapedTemplate | undefined {
  const { Resources = {} } = template;
  if (Object.keys(template).some((section) => !ABOUT_NO_RESOURCE.has(section))) return undefined;
  const kept = new Set<string>();
  const waiting = new Set<string>();
  const keepReferrer = (id: string) => {
    if (kept.has(id)) return;
    kept.add(id);
    for (const target of resources.get(id)?.references ?? []) keep(target);
  };
  const keep = (id: string) => {
    if (waiting.has(id)) return;
    waiting.add(id);
    keepReferrer(id);
    for (const target of resources.get(id)?.waitsFor ?? []) keep(target);
  };
  for (const { ids, kind } of sights)
    for (const id of ids) {
      keep(id);
      if (kind === 'with referrers') for (const referrer of twoOfEach(id, resources)) keepReferrer(referrer);
    }
  const all = Object.entries(Resources);
  if (kept.size === all.length) return undefined;
  const part = all
    .filter(([id]) => kept.has(id))
    .map(([id, resource]) => [id, waiting.has(id) ? resource : waitingForNoMoreThan(kept, resource)]);
  return { ...template, Resources: Object.fromEntries(part) };
}

/** A resource that waits for those alone that are kept. */
function waitingForNoMoreThan(kept: ReadonlySet<string>, resource: ShapedResource): ShapedResource {
  const { DependsOn, ...rest } = resource;
  const left = [DependsOn ?? []].flat().filter((id) => kept.has(String(id)));
  return left.length === 0 ? rest : { ...rest, DependsOn: left };
}

/** What refers to a resource: of those that are the same, two. */
function twoOfEach(id: string, resources: Shape['resources']): string[] {
  const counts = new Map<number | undefined, number>();
  return (resources.get(id)?.referrers ?? []).filter((referrer) => {
    const alone = resources.get(referrer)?.alone;
    const count = counts.get(alone) ?? 0;
    counts.set(alone, count + 1);
    return count < 2;
  });
}
