/** The sample assembly, and hand-made changes of it, for tests of the proof. */
import { type Assembly, type AssemblyStack, type TemplateResource, worldOf } from '../../lib/assembly';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import type { Proof } from '../../lib/proof/prove';
import { prove } from '../../lib/proof/prove';
import { synthesised } from '../stacks/sample-assembly';

/** A statement in a template. */
export interface Statement {
  Sid: string;
  Effect: string;
  Principal?: unknown;
  Action: string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** A policy in a template. */
export interface Document {
  Statement: Statement[];
}

/** A resource of a template, with the parts that tests change. */
export interface Json {
  readonly Type: string;
  readonly Properties: {
    Policy: Document;
    KeyPolicy: Document;
    ResourcePolicy?: { PolicyDocument: Document };
    PolicyDocument: Document;
    AssumeRolePolicyDocument: Document;
    RoleName: string;
    Name: string;
    Policies: { PolicyDocument: Document }[];
    PermissionsBoundary?: string;
  };
}

let source: Assembly | undefined;

/** The sample, synthesised once for each file of tests. */
export function sample(): Assembly {
  source ??= synthesised().assembly;
  return source;
}

/** The sample, or what was made of it, with one stack changed in place. */
export function changed(
  stack: string,
  change: (resources: Record<string, Json>) => void,
  from = sample(),
): Assembly {
  const stacks = from.stacks.map((each) => {
    if (each.name !== stack) return each;
    const resources = structuredClone(each.resources) as Record<string, TemplateResource>;
    change(resources as unknown as Record<string, Json>);
    return { ...each, resources } satisfies AssemblyStack;
  });
  if (!from.stacks.some(({ name }) => name === stack)) throw new Error(`there is no ${stack}`);
  return { ...from, stacks };
}

/** All that the proof finds in the accounts of a stack, as text. */
export function findings(changedSource: Assembly, account: string): string[] {
  return textOf(prove(worldOf(changedSource), new Set([account])));
}

export function textOf(proof: Proof): string[] {
  return findingsOf(proof).map((each) => linesOf(each).join('\n'));
}

/** Resources of one type. */
export function all(resources: Record<string, Json>, type: string): Json[] {
  return Object.values(resources).filter(({ Type }) => Type === type);
}
