/** What the templates of a probe are made of. */

/** A value of a template. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** One resource. */
export interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: Value };
  /** Everything goes with its stack; a key waits its days. */
  readonly DeletionPolicy: 'Delete';
  readonly DependsOn?: readonly string[];
}

/** A template of CloudFormation. */
export interface ProbeTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Parameters?: { readonly [name: string]: { readonly Type: 'String'; readonly Default?: string } };
  readonly Conditions?: { readonly [name: string]: Value };
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: { readonly [name: string]: { readonly Value: Value } };
}

/** A template with its resources. */
export function template(
  what: string,
  parts: Omit<ProbeTemplate, 'AWSTemplateFormatVersion' | 'Description'>,
): ProbeTemplate {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Concordat probe: ${what}. It is taken down after the test; nothing else uses it.`,
    ...parts,
  };
}

/** A resource that goes with its stack. */
export function resource(
  Type: string,
  Properties: Resource['Properties'],
  ...DependsOn: readonly string[]
): Resource {
  return { Type, Properties, DeletionPolicy: 'Delete', ...(DependsOn.length > 0 && { DependsOn }) };
}

/** The shortest time that KMS keeps a key that is to be deleted. */
export const KEY_DAYS = 7;

/** A policy document. */
export function document(...Statement: readonly Value[]): Value {
  return { Version: '2012-10-17', Statement };
}

/** A value that is given to the stack, or the ARN or id of one of its resources. */
export function ref(name: string): Value {
  return { Ref: name };
}

/** An attribute of a resource. */
export function attribute(id: string, name: string): Value {
  return { 'Fn::GetAtt': [id, name] };
}

/** A policy of `lib/policy`, in which a text stands for a value that CloudFormation puts in. */
export function withValue(policy: object, stands: string, value: Value): Value {
  const put = (each: unknown): Value => {
    if (each === stands) return value;
    if (Array.isArray(each)) return each.map(put);
    if (typeof each === 'object' && each !== null)
      return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, put(inner)]));
    return typeof each === 'number' || typeof each === 'boolean' ? each : String(each);
  };
  return put(policy);
}

/** The account may administer and use a key of its own by its roles’ policies. */
export function ofItsAccount(account: string): Value {
  return {
    Sid: 'TheAccountKeepsTheKey',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
}
