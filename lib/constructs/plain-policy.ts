/** Policies that refer to no other resource, which the CDK need not look through for references. */
import { type IResolvable, type IResolveContext, Token } from 'aws-cdk-lib';
import type { PolicyDocument } from '../policy';

/**
 * A policy, for a property of a resource. The CDK walks all properties thrice: for references between stacks, to write the
 * resource, and to write the template. Policies are most of a template and seldom hold a reference: one that holds none is not
 * walked for them.
 */
export function policyProperty(policy: PolicyDocument<{ readonly Sid: string }>): object | IResolvable {
  const text = JSON.stringify(policy);
  return Token.isUnresolved(text) || MAY_STAND_FOR_MORE.test(text) ? policy : new PlainPolicy(policy);
}

/** What the CDK’s objects and numbers that stand for others come to in JSON, and what is undefined in a list. */
const MAY_STAND_FOR_MORE = /<unresolved-|e\+289|null/;

class PlainPolicy implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly policy: PolicyDocument<{ readonly Sid: string }>) {}

  /** While the CDK prepares, it looks for references alone; what is left then must not be empty, or a property would be missing. */
  resolve({ preparing }: IResolveContext): object {
    return preparing ? { Version: this.policy.Version } : this.policy;
  }

  toJSON(): object {
    return this.policy;
  }
}
