/** Whom the guardrails spare: those who deploy, each for its own part. No other role can take on one of these names. */
import { ANY_STACK_SETS_ROLE, anyBootstrapRole, anyRole, ROLE_PATH } from '../../names';

/** As whom CloudFormation makes and changes what a deployment describes. */
export const CLOUD_FORMATION = anyBootstrapRole('cfn-exec');
/** As whom CloudFormation makes what every account begins with, the roles of the deployment among it. */
export const STACK_SETS = ANY_STACK_SETS_ROLE;
/** Who asks CloudFormation to deploy. */
export const DEPLOYMENT = anyBootstrapRole('deploy');
/** Who uploads what is deployed: templates, code and the lists of grants. */
export const PUBLISHER = anyBootstrapRole('file-publishing');
/** Who makes the grants on a key, and closes access points. */
export const GRANT_BROKER = anyRole('grant-broker');
/** Who asks the grant broker to stop shares and end sessions, and who asks it to lift stops. */
export const STOP = anyRole('stop');
export const LIFT = anyRole('lift');
/** Who keeps a bucket telling GuardDuty of new objects. */
export const MALWARE_SCAN = anyRole('malware-scan');
/** Who checks deposits, and who has it go on with a long check. */
export const RELEASE_GATE = anyRole('release-gate');
export const GATE_MACHINE = anyRole('gate-machine');
/** Who reads log files and stages entries. */
export const TRANSFER_AUDIT = anyRole('transfer-audit');
/** Who seals what is staged. */
export const LEDGER_SEAL = anyRole('ledger-seal');
/** Any role that the landing zone makes: functions among them, and AWS Config’s. */
export const OWN_ROLES = `arn:aws:iam::*:role${ROLE_PATH}*`;

/** The condition that any other caller asks. It holds where no principal is named, too: a negated operator matches an absent key. */
export function askedByAllBut(...roles: readonly string[]) {
  return { ArnNotLike: { 'aws:PrincipalArn': roles } } as const;
}
