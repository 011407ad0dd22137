/** Policies that refer to no other resource, which the CDK need not look through. */
import type { IResolvable, IResolveContext } from 'aws-cdk-lib';
import type { PolicyDocument } from '../policy';

type Policy = PolicyDocument<{ readonly Sid: string }>;

/**
 * A policy, for a property of a resource. The CDK walks all properties twice: for references between stacks, and to write the
 * resource. Policies are most of a template and seldom hold a reference: one that holds none is not walked. It must not be changed
 * after it was handed over.
 */
export function policyProperty(policy: Policy): object | IResolvable {
  return MAY_STAND_FOR_MORE.test(JSON.stringify(policy)) ? policy : new PlainPolicy(policy);
}

/** What the CDK’s texts, lists, objects and numbers that stand for others come to in JSON, and what is undefined in a list. */
const MAY_STAND_FOR_MORE = /Token\[|<unresolved-|"creationStack"|e\+289|null/;

class PlainPolicy implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly policy: Policy) {
    // What is put to it later would be in no template.
    Object.freeze(this);
  }

  /** In a template it stays as it is until that is written. Whoever else asks, as rule packs do for a property, is given the policy. */
  resolve(context: IResolveContext): object {
    const [section] = context.documentPath;
    // While the CDK prepares, it looks for references alone; what is left must not be empty, or a property would be missing.
    if (context.preparing) return { Version: this.policy.Version };
    if (section !== 'Resources') return this.policy;
    context.registerPostProcessor({ postProcess: () => asWritten(this.policy) });
    return {};
  }

  toJSON(): object {
    return this.policy;
  }
}

/** A policy as it is written. An override of the resource that has it is made to a copy of the part that it changes. */
function asWritten(policy: Policy): object {
  return new Proxy<Record<string, unknown>>(
    { ...policy },
    {
      get(copy, key) {
        if (key === 'toJSON') return () => copy;
        if (typeof key === 'string' && Object.hasOwn(copy, key) && copy[key] === policy[key as keyof Policy])
          copy[key] = structuredClone(copy[key]);
        return Reflect.get(copy, key);
      },
    },
  );
}
