/** The policies of an assembly, each compiled once for all that ask. */
import { compileOnDemand, type Policy, type PolicyKind, type Statement } from '../iam';
import { documentOf, type Where } from './grounded';

const compiled = new WeakMap<object, Policy[]>();

/**
 * The policy that a document of the assembly says.
 * @param document as resolved; the same object is compiled once for each kind and name
 */
export function policyOf(document: object, kind: PolicyKind, name: string): Policy {
  const known = compiled.get(document) ?? [];
  const found = known.find((each) => each.kind === kind && each.name === name);
  if (found) return found;
  const policy = compileOnDemand(document, { kind, name });
  compiled.set(document, [...known, policy]);
  return policy;
}

/** What a document of the assembly says, by whatever name others have had it compiled. @param document as resolved */
export function statementsOf(document: object, kind: PolicyKind): readonly Statement[] {
  const found = compiled.get(document)?.find((each) => each.kind === kind);
  return (found ?? policyOf(document, kind, '')).statements;
}

/** The policy in a property, which must be one. @throws AssemblyError if it is no policy document */
export function policyIn(value: unknown, kind: PolicyKind, name: string, where: Where): Policy {
  return policyOf(documentOf(value, where), kind, name);
}
