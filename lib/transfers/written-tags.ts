/** The tags that a call wrote, as CloudTrail shows them. */
import { fieldsOf, textOf } from './fields';
import type { TrailEvent } from './record';

/**
 * The value of a tag that a tagging wrote, where CloudTrail shows the request’s tags: their nesting follows the XML, so a list of
 * one may be no list.
 */
export function tagIn({ parameters }: Pick<TrailEvent, 'parameters'>, name: string): string | undefined {
  const tagging = fieldsOf(parameters.Tagging ?? parameters.tagging);
  const tags = fieldsOf(tagging.TagSet ?? tagging.tagSet);
  const list = tags.Tag ?? tags.tag;
  for (const each of Array.isArray(list) ? (list as unknown[]) : [list]) {
    const { Key, key, Value, value } = fieldsOf(each);
    if ((Key ?? key) === name) return textOf(Value ?? value);
  }
  return undefined;
}
