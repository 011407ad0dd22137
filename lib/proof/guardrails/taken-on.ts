/** Who has to be able to take on which role of an account’s bootstrap, whatever guardrails are attached. */
import type { RegisterFacts } from '../../assembly';

/** One taking on. */
interface TakenOn {
  /** The ARN of whoever does. */
  readonly by: string;
  /** The ARN of the role. */
  readonly role: string;
  /** Whether it is part of a deployment. */
  readonly ofDeployers: boolean;
}

/** Those who deploy take on the roles that deploy, upload and look up; whoever reads the engine’s table, the one that watches. */
export function takenOn(
  { guardrails, rollout, region }: RegisterFacts['zone'],
  account: string,
): readonly TakenOn[] {
  const role = (name: string) =>
    `arn:aws:iam::${account}:role/cdk-concordat-${name}-role-${account}-${region}`;
  const deploys = (guardrails?.deployers ?? []).flatMap((by) =>
    ['deploy', 'file-publishing', 'lookup'].map((name) => ({ by, role: role(name), ofDeployers: true })),
  );
  if (rollout?.watchedBy === undefined) return deploys;
  const by = `arn:aws:iam::${rollout.account}:role/concordat/concordat-rollout-status`;
  return [...deploys, { by, role: role('status'), ofDeployers: false }];
}
