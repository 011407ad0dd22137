/** A template with no more of its resources than some of its parts are about. */
import type { Shape, ShapedTemplate } from './template-shape';

/** Sections of a template that say nothing of its resources. */
const ABOUT_NO_RESOURCE = new Set(['AWSTemplateFormatVersion', 'Description', 'Resources']);

/**
 * The template with the resources of some types alone, with what refers to them and all that these refer to in turn. Each of
 * those types has the same part in it as in the whole, as template-shape.ts tells parts. Undefined where it would be the whole.
 */
export function partOfTemplate(
  template: ShapedTemplate,
  { references }: Pick<Shape, 'references'>,
  types: ReadonlySet<string>,
): ShapedTemplate | undefined {
  const { Resources = {} } = template;
  if (Object.keys(template).some((section) => !ABOUT_NO_RESOURCE.has(section))) return undefined;
  const isOfThem = (id: string) => types.has(String(Resources[id]?.Type));
  const ids = Object.keys(Resources);
  const due = ids.filter((id) => isOfThem(id) || references.get(id)?.some(isOfThem));
  const kept = new Set(due);
  for (const id of due)
    for (const target of references.get(id) ?? [])
      if (!kept.has(target)) {
        kept.add(target);
        due.push(target);
      }
  if (kept.size === ids.length) return undefined;
  return {
    ...template,
    Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => kept.has(id))),
  };
}
