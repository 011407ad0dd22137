/** Whom guardrails spare, each for its own part: docs/guardrails.md names them. */

const role = (name: string) => `arn:aws:iam::*:role/${name}`;

/** As whom CloudFormation deploys. */
export const CLOUD_FORMATION = role('cdk-concordat-cfn-exec-role-*');
/** Who asks it to. */
export const DEPLOYMENT = role('cdk-concordat-deploy-role-*');
/** Who uploads what is deployed. */
export const PUBLISHER = role('cdk-concordat-file-publishing-role-*');
/** As whom StackSets make what every account begins with. */
export const STACK_SETS = role('stacksets-exec-*');
export const BROKER = role('concordat/concordat-grant-broker');
export const SCAN = role('concordat/concordat-malware-scan');
export const GATE = role('concordat/concordat-release-gate');
export const MACHINE = role('concordat/concordat-gate-machine');
export const AUDIT = role('concordat/concordat-transfer-audit');
export const SEALER = role('concordat/concordat-ledger-seal');
export const STOP = role('concordat/concordat-stop');
export const LIFT = role('concordat/concordat-lift');
/** Every role of a template of ours. */
export const OWN = role('concordat/*');
