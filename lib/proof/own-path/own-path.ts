/**
 * Whether a deployment would still get through under the guardrails that it brings: from those who deploy, by the roles of the
 * bootstrap, to everything that CloudFormation makes. Guardrails are judged as if they were attached to every account, so
 * that the answer comes before they are.
 */
import { type Assembly, type AssemblyStack, baselinesIn, controlsIn } from '../../assembly';
import { AccountPolicies, type RefusalReason } from './account-policies';
import { type Account, accountsOf } from './accounts';
import { likenessOf, likenessOfStep } from './likeness';
import { bootstrapSteps, type DeploymentStep, makingSteps } from './steps';

/** A step that would be refused, or that cannot be judged. */
export interface Refusal {
  readonly step: DeploymentStep;
  readonly account: string;
  readonly because: readonly RefusalReason[];
}

/** What came of it. */
export interface OwnPath {
  /** Steps that were judged; those that are alike are judged once. */
  readonly judged: number;
  readonly refusals: readonly Refusal[];
  /** Kinds of resource of which it is not known what deploying them takes. */
  readonly unknown: readonly string[];
}

/** Judges every step. @throws AssemblyError if a policy cannot be read */
export function ownPath(source: Assembly, awsOrganizationId: string): OwnPath {
  const controls = controlsIn(source.stacks);
  const unknown = new Set<string>();
  const seen = new Set<string>();
  const isNew = (alike: string) => !seen.has(alike) && seen.add(alike) !== undefined;
  const refusals: Refusal[] = [];
  let judged = 0;
  for (const account of accountsOf(source, baselinesIn(source.stacks))) {
    const steps = stepsIn(account, unknown, isNew);
    if (steps.length === 0) continue;
    judged += steps.length;
    const policies = new AccountPolicies(account, controls, awsOrganizationId);
    for (const step of steps) {
      const because = policies.refuses(step);
      if (because) refusals.push({ step, account: account.id, because });
    }
  }
  return { judged, refusals, unknown: [...unknown].sort() };
}

/** Those that are unlike all before. */
function stepsIn(
  account: Account,
  unknown: Set<string>,
  isNew: (alike: string) => boolean,
): DeploymentStep[] {
  const { stacks, baselines, bootstrap } = account;
  const made = (stack: AssemblyStack, by: 'execute' | 'stack sets') =>
    makingSteps(stack, by, unknown, (resource) => isNew(likenessOf(resource, by, account)));
  return [
    // The baseline of one account is like that of any other of the same custody.
    ...(isNew(`baseline ${account.custody.join()}`)
      ? baselines.flatMap((each) => made(each, 'stack sets'))
      : []),
    ...stacks.flatMap((stack) => [
      ...bootstrapSteps(stack, bootstrap).filter((step) => isNew(likenessOfStep(step, account))),
      ...made(stack, 'execute'),
    ]),
  ];
}
