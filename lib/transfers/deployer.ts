/** Who deploys: CloudFormation, as the role that it has in each account. */
import { anyBootstrapRole } from '../names';
import type { Principal } from './principal';

const DEPLOYER = new RegExp(`^${anyBootstrapRole('cfn-exec').replaceAll('*', '[^:]*')}$`);

/**
 * Whether a call was made by a deployment in that account. CloudFormation calls as the role that it deploys with; that it did
 * so itself, a record need not say.
 */
export function isDeployment({ role, service, account }: Principal, of: string | undefined): boolean {
  if (service === 'cloudformation.amazonaws.com') return true;
  return account === of && role !== undefined && DEPLOYER.test(role);
}
