/**
 * Checks that look at templates, and at an app no further than where things are and what is acknowledged there. They can be carried
 * out once an app has let go of all else that its resources hold; rule packs, which ask resources, would find nothing there and be
 * content.
 */
import type { IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** An app of which only the tree is sure to be there. */
export interface AppTree {
  readonly node: Pick<IConstruct['node'], 'findAll' | 'tryFindChild'>;
}

/** What such a check is given. */
export interface TemplateContext extends Omit<IPolicyValidationContext, 'appConstruct'> {
  readonly appConstruct: AppTree;
}

/**
 * One of them. Its `validate` is a property, so that the compiler refuses a rule pack, which takes the whole app: of a method it would
 * take one that asks for more than it is given.
 */
export interface TemplateCheck {
  readonly name: string;
  readonly validate: (context: TemplateContext) => PolicyValidationPluginReport;
}
