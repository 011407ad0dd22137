/** By which names the resources of a template are known in the account that gets them. */
import { isGroup, type TemplateResource } from './stack';

/** Where a resource may have its name, in the properties of whatever type. */
const NAMES = [
  'RoleName',
  'ManagedPolicyName',
  'BucketName',
  'AnalyzerName',
  'ConfigRuleName',
  'BudgetName',
  'Name',
] as const;

/**
 * Each as type and name. An account has room for one of each, so a second template that holds one of them can’t be deployed
 * there while the first one’s is there. What CloudFormation names is not among them.
 */
export function physicalNames(resources: Readonly<Record<string, TemplateResource>>): string[] {
  return Object.values(resources).flatMap(({ Type, Properties = {} }) => {
    const name = nameIn(Properties) ?? nameIn(Properties.Budget);
    return name === undefined ? [] : [`${Type} ${name}`];
  });
}

function nameIn(properties: unknown): string | undefined {
  if (!isGroup(properties)) return undefined;
  for (const property of NAMES) {
    const value = properties[property];
    if (typeof value === 'string') return value;
    if (isGroup(value) && typeof value['Fn::Sub'] === 'string') return value['Fn::Sub'];
  }
  return undefined;
}
