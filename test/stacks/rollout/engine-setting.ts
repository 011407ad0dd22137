/** The engine of rollouts as `zone.yaml` has it. */

/** The account of the engine. */
export const ENGINE_ACCOUNT = '100000000003';
/** The pipeline that starts it. */
export const PIPELINE = 'repo:example@1234567/zone@890123456:environment:production';
/** Whose holders see what each account runs. */
export const WATCHER = `arn:aws:iam::${ENGINE_ACCOUNT}:role/operations/watcher`;
const DEPLOYER = '    - arn:aws:iam::100000000003:role/deployment\n';

/** The setting, as `zone.yaml` has it. */
const SETTING = `
rollout:
  account: "${ENGINE_ACCOUNT}"
  startedBy:
    issuer: https://token.actions.githubusercontent.com
    subject: ${PIPELINE}
  approvedBy:
    - arn:aws:iam::${ENGINE_ACCOUNT}:role/security/second-person
  watchedBy:
    - ${WATCHER}
`;

/** The text of `zone.yaml` with the setting, and with the engine among those who deploy. */
export function withEngine(zone: string): string {
  const engine = `    - arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-step\n`;
  return zone.replace(DEPLOYER, DEPLOYER + engine) + SETTING;
}
