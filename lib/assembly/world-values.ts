/** Values of a template, with every function of CloudFormation replaced; what cannot be replaced is an error. */
import { AssemblyError, type AssemblyStack, type TemplateResource } from './assembly';
import { resolved, UNRESOLVED } from './resolve';

/** Where a value stands, for messages. */
export interface Where {
  readonly file: string;
  readonly id: string;
}

/** One resource, with its stack and its name for messages. */
export interface Placed {
  readonly id: string;
  readonly place: string;
  readonly stack: AssemblyStack;
  readonly resource: TemplateResource;
  /** Its properties, with every function of CloudFormation replaced. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The ARN that stands for a key whose id AWS will choose. No other key has it. */
export function keyArnToBe({ region, account }: AssemblyStack, logicalId: string): string {
  return `arn:aws:kms:${region}:${account}:key/to-be-${logicalId}`;
}

/** Replaces functions by text, and keys to be by their ARNs. @throws AssemblyError for a function that is not known */
export function ground(value: unknown, stack: AssemblyStack, id: string): unknown {
  const plain = resolved(value, stack);
  const text = JSON.stringify(plain);
  const at = text.indexOf(UNRESOLVED);
  if (at >= 0) {
    const found = text.slice(at + UNRESOLVED.length, at + 120).replaceAll('\\"', '"');
    throw new AssemblyError(
      `${stack.file}: ${id} holds ${found.split('"}')[0]}"}, which cannot be told from the template: write the value out`,
    );
  }
  if (!text.includes('${')) return plain;
  return JSON.parse(
    text.replace(/\$\{([A-Za-z0-9]+)\.Arn\}/g, (whole, name: string) =>
      stack.resources[name]?.Type === 'AWS::KMS::Key' ? keyArnToBe(stack, name) : whole,
    ),
  ) as unknown;
}

/** A property that must be a text. @throws AssemblyError if it is none */
export function textIn(properties: Readonly<Record<string, unknown>>, name: string, where: Where): string {
  const value = properties[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AssemblyError(
    `${where.file}: ${where.id} has no ${name}, so that nobody can say what it will be called: give it one`,
  );
}

/** A policy document. @throws AssemblyError if it is none, or is text that is not JSON */
export function documentOf(value: unknown, { file, id }: Where): unknown {
  let document = value;
  if (typeof value === 'string') {
    try {
      document = JSON.parse(value);
    } catch {
      throw new AssemblyError(`${file}: the policy of ${id} is not JSON: synthesise the assembly again`);
    }
  }
  if (document !== null && typeof document === 'object' && !Array.isArray(document)) return document;
  throw new AssemblyError(`${file}: the policy of ${id} is no policy: synthesise the assembly again`);
}
