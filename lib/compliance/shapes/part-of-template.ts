/** A template with no more of its resources than it takes to see some of what is to be seen in it. */
import type { Sight } from './sights';
import type { Shape, ShapedResource, ShapedTemplate } from './template-shape';

/** Sections of a template that say nothing of its resources. */
const ABOUT_NO_RESOURCE = new Set(['AWSTemplateFormatVersion', 'Description', 'Resources']);

/**
 * The template with the resources of some sights alone, with all that they refer to in turn and, where it belongs to the sight,
 * what refers to them: of referrers that are the same, two. Of what a resource waits for, two are there that differ in properties
 * alone: what is made after all else of its stack would bring the whole template. Undefined where it would be the whole.
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
  // What is kept on the way is looked at in its turn.
  for (const id of kept) for (const target of twoToWaitFor(id, resources, kept)) keep(target);
  const all = Object.entries(Resources);
  if (kept.size === all.length) return undefined;
  const isLeftOut = (id: unknown) => resources.has(String(id)) && !kept.has(String(id));
  const part = all
    .filter(([id]) => kept.has(id))
    .map(([id, resource]) => [id, waitingForNone(isLeftOut, resource)]);
  return { ...template, Resources: Object.fromEntries(part) };
}

/** What a resource waits for, of those that differ in properties alone two: those that are kept already, if any are. */
function twoToWaitFor(id: string, resources: Shape['resources'], kept: ReadonlySet<string>): string[] {
  const waitsFor = resources.get(id)?.waitsFor ?? [];
  // Rules see whether a resource waits for itself, or twice for one.
  if (waitsFor.includes(id) || new Set(waitsFor).size < waitsFor.length) return [...waitsFor];
  const first = [true, false].flatMap((isKept) => waitsFor.filter((each) => kept.has(each) === isKept));
  return twoOf(first, (each) => resources.get(each)?.frame);
}

/** A resource without waiting for some. */
function waitingForNone(isLeftOut: (id: unknown) => boolean, resource: ShapedResource): ShapedResource {
  const { DependsOn } = resource;
  if (!Array.isArray(DependsOn) || !DependsOn.some(isLeftOut)) return resource;
  return { ...resource, DependsOn: DependsOn.filter((each) => !isLeftOut(each)) };
}

/** What refers to a resource: of those that are the same, two. */
function twoOfEach(id: string, resources: Shape['resources']): string[] {
  return twoOf(resources.get(id)?.referrers ?? [], (each) => resources.get(each)?.alone);
}

/** The first two that have one number. */
function twoOf(ids: readonly string[], numberOf: (id: string) => number | undefined): string[] {
  const counts = new Map<number | undefined, number>();
  return ids.filter((id) => {
    const number = numberOf(id);
    const count = counts.get(number) ?? 0;
    counts.set(number, count + 1);
    return count < 2;
  });
}
