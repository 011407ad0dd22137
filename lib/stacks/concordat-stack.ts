/** What all stacks here have in common. */
import { type CfnElement, Stack } from 'aws-cdk-lib';

const logicalIds = new WeakMap<CfnElement, string>();

/** A stack that does once what the CDK does again: it works out an element’s logical id, and resolves it, once. */
export abstract class ConcordatStack extends Stack {
  protected override allocateLogicalId(element: CfnElement): string {
    const id = logicalIds.get(element) ?? super.allocateLogicalId(element);
    logicalIds.set(element, id);
    return id;
  }

  /**
   * The CDK resolves each resource, puts them into a template, and resolves all of that once more. Nothing of a resource is left to
   * resolve by then, so it is not walked again. Beside resources there is next to nothing.
   */
  override resolve(value: unknown): unknown {
    if (!isTemplate(value)) return super.resolve(value);
    const { Resources: _, ...others } = value;
    return { ...value, ...(super.resolve(others) as object) };
  }
}

function isTemplate(value: unknown): value is { readonly Resources: unknown } {
  return (
    typeof value === 'object' && value !== null && 'AWSTemplateFormatVersion' in value && 'Resources' in value
  );
}
