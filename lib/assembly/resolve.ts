/** Replaces what a template leaves to CloudFormation by the text that it comes to, as far as the template itself tells. */
import { groupRewritten, listRewritten } from './rewritten';
import { type AssemblyStack, isGroup, type TemplateResource } from './stack';

/** Stands before what cannot be told from the template. Code that shows such a text must warn of it. */
export const UNRESOLVED = 'not understood: ';

/** What stands for the ARN of a resource whose name CloudFormation or AWS will choose: `${LogicalId.Arn}`. */
export function arnToBe(logicalId: string): string {
  return `\${${logicalId}.Arn}`;
}

/**
 * The value with every CloudFormation function replaced by text. What cannot be told begins with `UNRESOLVED`. What holds no
 * function is shared, not copied.
 */
export function resolved(value: unknown, stack: AssemblyStack): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return listRewritten(value, resolved, stack);
  const name = functionIn(value);
  if (name === undefined) return groupRewritten(value as Readonly<Record<string, unknown>>, resolved, stack);
  const argument = (value as Readonly<Record<string, unknown>>)[name];
  return functionText(name, argument, stack) ?? `${UNRESOLVED}${JSON.stringify(value)}`;
}

/** The function of CloudFormation that a group is, by its name; undefined of any other group. */
export function functionIn(value: object): string | undefined {
  let only: string | undefined;
  for (const name in value) {
    if (only !== undefined || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
    only = name;
  }
  return only;
}

/** Whether a text, or any text in a list or group, holds something that cannot be told from the template. */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(UNRESOLVED);
  if (Array.isArray(value)) return value.some(isUnresolved);
  return JSON.stringify(value)?.includes(UNRESOLVED) ?? false;
}

/** The ARN of a resource, where the template names it; else what stands for it. */
export function arnOf(logicalId: string, stack: AssemblyStack): string | undefined {
  const resource = stack.resources[logicalId];
  if (resource === undefined) return undefined;
  const name = (property: string) => textOf(resource, property);
  const { account, region } = stack;
  switch (resource.Type) {
    case 'AWS::IAM::Role': {
      const role = name('RoleName');
      return role && `arn:aws:iam::${account}:role${name('Path') ?? '/'}${role}`;
    }
    case 'AWS::S3::Bucket': {
      const bucket = name('BucketName');
      return bucket && `arn:aws:s3:::${bucket}`;
    }
    case 'AWS::Lambda::Function': {
      const called = name('FunctionName');
      return called && `arn:aws:lambda:${region}:${account}:function:${called}`;
    }
    default:
      return undefined;
  }
}

/** A property that is a plain text. */
export function textOf({ Properties }: TemplateResource, property: string): string | undefined {
  const value = Properties?.[property];
  return typeof value === 'string' ? value : undefined;
}

const PSEUDO: Readonly<Record<string, (stack: AssemblyStack) => string>> = {
  'AWS::AccountId': ({ account }) => account,
  'AWS::Region': ({ region }) => region,
  'AWS::Partition': () => 'aws',
  'AWS::StackName': ({ name }) => name,
};

function functionText(name: string, argument: unknown, stack: AssemblyStack): string | undefined {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? referenceText(argument, stack) : undefined;
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
      return attributeText(String(logicalId), String(attribute), stack);
    }
    case 'Fn::Join': {
      const [separator, parts] = (Array.isArray(argument) ? argument : []) as [unknown, unknown];
      const texts = Array.isArray(parts) ? parts.map((part) => resolved(part, stack)) : [undefined];
      return texts.every((each) => typeof each === 'string') ? texts.join(String(separator)) : undefined;
    }
    case 'Fn::Sub': {
      const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [unknown, unknown];
      return typeof text === 'string' && isGroup(values)
        ? substituted(text, stack, resolved(values, stack) as Readonly<Record<string, unknown>>)
        : undefined;
    }
    default:
      return undefined;
  }
}

function referenceText(logicalId: string, stack: AssemblyStack): string | undefined {
  const pseudo = PSEUDO[logicalId];
  if (pseudo) return pseudo(stack);
  const resource = stack.resources[logicalId];
  if (resource === undefined) return parameterText(logicalId, stack);
  const named = { 'AWS::S3::Bucket': 'BucketName', 'AWS::IAM::Role': 'RoleName' }[resource.Type];
  return (named && textOf(resource, named)) ?? `\${${logicalId}}`;
}

/** A pattern that leaves open one part at the end, such as the id of a key: `^arn:aws:kms:…:key/[0-9a-f-]{36}$`. */
const OPEN_AT_THE_END = /^\^([\w:/-]+)\[[^\][]+\]\{\d+\}\$$/;

/** What a parameter comes to, where its pattern says all but the end. CloudFormation refuses any other value. */
function parameterText(name: string, { parameters = {} }: AssemblyStack): string | undefined {
  const parameter = parameters[name];
  const pattern = isGroup(parameter) ? parameter.AllowedPattern : undefined;
  const [, known] = (typeof pattern === 'string' && OPEN_AT_THE_END.exec(pattern)) || [];
  return known && `${known}\${${name}}`;
}

function attributeText(logicalId: string, attribute: string, stack: AssemblyStack): string | undefined {
  if (stack.resources[logicalId] === undefined) return undefined;
  return (attribute === 'Arn' && arnOf(logicalId, stack)) || `\${${logicalId}.${attribute}}`;
}

/** @param values what names of the function’s own stand for; they come before those of the template */
function substituted(text: string, stack: AssemblyStack, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, inner: string) => {
    const own = Object.hasOwn(values, inner) ? values[inner] : undefined;
    if (own !== undefined) return typeof own === 'string' ? own : `${UNRESOLVED}${whole}`;
    const [logicalId = '', attribute] = inner.split('.');
    const found = attribute ? attributeText(logicalId, attribute, stack) : referenceText(logicalId, stack);
    return found ?? `${UNRESOLVED}${whole}`;
  });
}
