/**
 * What tells one step, or one resource, from another for guardrails and roles of a bootstrap: not the account, not the
 * organisation, not the share, and none of the people that a key’s policy names. What is alike is judged once.
 */
import type { TemplateResource } from '../../assembly';
import type { Account } from './accounts';
import type { DeploymentStep } from './steps';

/** The properties that a deployment’s actions and their resources follow from. */
const TELLING =
  /^(?:\w*Name|Bucket|Path|Code|Content|Role|RoleARN|TargetKeyId|SSESpecification|Tags|Origin|MultiRegion|KeyPolicy)$/;

/** A resource, less what does not matter; which properties it has does. */
export function likenessOf(
  { Type, Properties = {} }: TemplateResource,
  by: DeploymentStep['by'],
  account: Account,
): string {
  const told = Object.entries(Properties).map(([name, value]) => (TELLING.test(name) ? [name, value] : name));
  return plain([by, Type, JSON.stringify(told), account.custody.join()].join(' '), account);
}

/** The same of a step that is about no resource of a template. */
export function likenessOfStep({ by, action, resource }: DeploymentStep, account: Account): string {
  return plain([by, action, resource].join(' '), account);
}

function plain(text: string, { id }: Account): string {
  return text
    .replaceAll(id, '#')
    .replace(/arn:aws:iam::#:role\/(?!concordat\/|cdk-|stacksets-)[^"]+/g, 'somebody')
    .replace(/"concordat:organisation","Value":"[^"]+"/g, '')
    .replace(/[0-9a-f]{12}--[a-z0-9-]+/g, 'share')
    .replace(/[0-9a-f]{64}/g, 'digest')
    .replace(/"\d{12}"/g, 'external')
    .replace(/Organisation-[\w-]+/g, 'Organisation-#');
}
