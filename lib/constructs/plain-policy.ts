/** Policies that refer to no other resource, which the CDK need not look through. */
import { type IResolvable, type IResolveContext, Token } from 'aws-cdk-lib';
import type { PolicyDocument } from '../policy';

/**
 * A policy, for a property of a resource. The CDK walks all properties twice: for references between stacks, and to write the
 * resource. Policies are most of a template and seldom hold a reference: one that holds none is not walked.
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

  /** In a template it stays as it is until that is written. Whoever else asks, as rule packs do for a property, is given the policy. */
  resolve(context: IResolveContext): object {
    const [section] = context.documentPath;
    if (!context.preparing && section !== 'Resources') return this.policy;
    context.registerPostProcessor({ postProcess: () => this });
    return {};
  }

  toJSON(): object {
    return this.policy;
  }
}
