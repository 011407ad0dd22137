/** Has an app hold no more than is still asked of it, once all rule packs that look at resources have done so. */
import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What the CDK’s report of findings asks a resource for: where it is. */
const ASKED_STILL: ReadonlySet<string> = new Set(['node', 'stack']);

/**
 * Takes from every resource below a construct what it was to come to in its template, which is written by then: half of what an app
 * holds. Each keeps its place, its type, its logical id and its metadata, which findings are placed and acknowledged by. It can be
 * resolved no more.
 */
export function emptyResources(scope: IConstruct): void {
  for (const resource of scope.node.findAll()) {
    if (!CfnResource.isCfnResource(resource)) continue;
    for (const [name, value] of Object.entries(resource))
      if (typeof value === 'object' && !ASKED_STILL.has(name)) Reflect.set(resource, name, undefined);
  }
}
