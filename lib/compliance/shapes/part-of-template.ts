/** A template with no more of its resources than it takes to see some of what is to be seen in it. */
import type { Sight } from './sights';
import type { Shape, ShapedTemplate } from './template-shape';

/** Sections of a template that say nothing of its resources. */
const ABOUT_NO_RESOURCE = new Set(['AWSTemplateFormatVersion', 'Description', 'Resources']);

/**
 * The template with the resources of some sights alone, with all that they refer to in turn and, where it belongs to the sight,
 * what refers to them: of referrers that are the same, two. Undefined where it would be the whole.
 */
export function partOfTemplate(
  template: ShapedTemplate,
  { resources }: Pick<Shape, 'resources'>,
  sights: readonly Sight[],
): ShapedTemplate | undefined {
  const { Resources = {} } = template;
  if (Object.keys(template).some((section) => !ABOUT_NO_RESOURCE.has(section))) return undefined;
  const kept = new Set<string>();
  const keep = (id: string) => {
    if (kept.has(id)) return;
    kept.add(id);
    for (const target of resources.get(id)?.references ?? []) keep(target);
  };
  for (const { ids, kind } of sights)
    for (const id of ids) {
      keep(id);
      if (kind === 'with referrers') for (const referrer of twoOfEach(id, resources)) keep(referrer);
    }
  const all = Object.entries(Resources);
  if (kept.size === all.length) return undefined;
  return { ...template, Resources: Object.fromEntries(all.filter(([id]) => kept.has(id))) };
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
