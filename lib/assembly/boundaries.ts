/** The policies that cap roles, as the baseline makes them in each account. */
import type { Policy } from '../iam';
import { documentOf, placedIn, toldProperties } from './grounded';
import { policyOf } from './policies';
import type { AssemblyStack } from './stack';
import { type Baseline, baselineIn } from './world-guardrails';

/**
 * Finds the policy behind the ARN of a permissions boundary. Which StackSet reaches an account is not in the assembly, so all
 * of them must make it, and alike.
 */
export class Boundaries {
  /** By account: by ARN, the policy; undefined where StackSets differ. */
  readonly #accounts = new Map<string, ReadonlyMap<string, Policy | undefined>>();

  constructor(private readonly baselines: readonly Baseline[]) {}

  /** The policy, or undefined if not every StackSet that makes policies makes the same one. @throws AssemblyError if one is no policy */
  of(arn: string, { account, region }: Pick<AssemblyStack, 'account' | 'region'>): Policy | undefined {
    const known = this.#accounts.get(account) ?? this.#madeIn(account, region);
    this.#accounts.set(account, known);
    return known.get(arn);
  }

  #madeIn(account: string, region: string): ReadonlyMap<string, Policy | undefined> {
    const [first = new Map<string, Written>(), ...others] = this.baselines
      .map((baseline) => managedPolicies(baselineIn(baseline, account, region)))
      .filter(({ size }) => size > 0);
    return new Map(
      [...first].map(([arn, { name, document }]) => {
        const text = JSON.stringify(document);
        const isAlike = others.every((each) => JSON.stringify(each.get(arn)?.document) === text);
        return [arn, isAlike ? policyOf(document, 'permissions boundary', name) : undefined];
      }),
    );
  }
}

/** A policy as a baseline writes it. Of those that are written alike one is compiled. */
interface Written {
  readonly name: string;
  readonly document: object;
}

function managedPolicies(stack: AssemblyStack): Map<string, Written> {
  return new Map(
    placedIn(stack)
      .filter(({ resource }) => resource.Type === 'AWS::IAM::ManagedPolicy')
      .map((placed): [string, Written] => {
        const { ManagedPolicyName, Path = '/', PolicyDocument } = toldProperties(placed);
        const arn = `arn:aws:iam::${stack.account}:policy${Path}${ManagedPolicyName}`;
        const where = { file: stack.file, id: placed.id };
        return [arn, { name: String(ManagedPolicyName), document: documentOf(PolicyDocument, where) }];
      }),
  );
}
