/** What all stacks here have in common. */
import { type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';

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
   * resolve by then, so it is not walked again, unless it is overridden: what an override takes out of a list leaves a gap, which
   * the CDK closes by this. Beside resources there is next to nothing.
   */
  override resolve(value: unknown): unknown {
    if (!isTemplate(value)) return super.resolve(value);
    const whole = super.resolve({ ...value, Resources: {} }) as { Resources: Resources };
    whole.Resources = { ...value.Resources };
    for (const each of this.node.findAll())
      if (CfnResource.isCfnResource(each) && isOverridden(each)) {
        const id = String(super.resolve(each.logicalId));
        if (id in whole.Resources) whole.Resources[id] = super.resolve(whole.Resources[id]);
      }
    return whole;
  }
}

type Resources = Record<string, unknown>;

/** The CDK tells nobody of overrides. @throws Error with another version of it, which may keep them elsewhere */
function isOverridden(resource: CfnResource): boolean {
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: unknown };
  if (typeof rawOverrides !== 'object' || rawOverrides === null)
    throw new Error(
      `${resource.node.path}: this version of aws-cdk-lib does not say whether a resource is overridden: install the version that package-lock.json names (npm ci)`,
    );
  return Object.keys(rawOverrides).length > 0;
}

/** Whether it is what the CDK puts together of a whole stack: that has each of these, though it be undefined. */
function isTemplate(value: unknown): value is { readonly Resources: Resources } {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['Description', 'Transform', 'AWSTemplateFormatVersion', 'Metadata', 'Resources'].every(
      (section) => section in value,
    )
  );
}
