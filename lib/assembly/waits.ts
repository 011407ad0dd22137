/**
 * What CloudFormation makes before a resource, by `DependsOn` and by references, and by theirs in turn.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
import { referencesIn } from './references';
import type { AssemblyStack, TemplateResource } from './stack';

/** Their logical ids, in no order. What leads nowhere is left out: CloudFormation refuses such a template. */
export function waitedFor({ resources }: Pick<AssemblyStack, 'resources'>, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [id];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const resource = resources[next];
    if (resource === undefined) continue;
    for (const each of directly(resource))
      if (!found.has(each) && Object.hasOwn(resources, each)) {
        found.add(each);
        left.push(each);
      }
  }
  return found;
}

const known = new WeakMap<TemplateResource, readonly string[]>();

/** Several wait for the same resource, which is looked through once. */
function directly(resource: TemplateResource): readonly string[] {
  let found = known.get(resource);
  if (found === undefined) {
    const { DependsOn = [], Properties } = resource;
    found = [...[DependsOn].flat(), ...referencesIn(Properties)];
    known.set(resource, found);
  }
  return found;
}
