/** How the stacks of an assembly are to be deployed: by the roles of their accounts, within the boundary of these. */
import type { RegisterFacts } from '../../assembly';
import type { WantedGroup } from './wanted';

/** The type by which a stack of the manifest is known. */
export const STACK = 'AWS::CloudFormation::Stack';

/**
 * How a stack in an account is to be deployed; undefined of an account that the register does not name. Those of the management
 * account, and one that is handed over, are deployed by whoever deploys them.
 */
export function deploymentOf(
  account: string,
  { zone, organisations }: RegisterFacts,
): WantedGroup | undefined {
  const { region, accounts } = zone;
  const organisation = organisations.find((each) => each.account === account);
  if (account === accounts.management) return { region, terminationProtection: true };
  if (organisation?.membership === 'external') return { region, terminationProtection: false };
  if (organisation === undefined && account !== accounts.zone) return undefined;
  const role = (name: string) =>
    `arn:aws:iam::${account}:role/cdk-concordat-${name}-role-${account}-${region}`;
  return {
    region,
    terminationProtection: true,
    assumeRoleArn: role('deploy'),
    cloudFormationExecutionRoleArn: role('cfn-exec'),
  };
}
