/** A role of this project: one purpose, one trust policy, one inline policy. */
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import {
  type CappedAccount,
  ROLE_PATH,
  type RolePurpose,
  type RolloutRole,
  roleName,
  rolesBoundaryArn,
} from '../../names';
import type { IdentityStatement, PolicyDocument, TrustStatement } from '../../policy';
import type { AccountId } from '../../register';
import { policyProperty } from '../plain-policy';
import { BY_ZONE } from '../reviewed';

/** The policy that caps a role. Only `boundaryIn` makes one, so that no role is made without saying which. */
export interface RolesBoundary {
  readonly arn: string;
}

/** What caps the roles of an account of a kind: the baseline has made it there. */
export function boundaryIn(kind: CappedAccount, account: AccountId): RolesBoundary {
  return { arn: rolesBoundaryArn(kind, account) };
}

/** What the role is for, who may take it on, and what it may do. */
export interface ScopedRoleProps {
  readonly purpose: RolePurpose | RolloutRole;
  /**
   * `handed over`: the template is for an account outside the AWS organisation, which no baseline reaches. `no baseline`: it is for
   * the account of the engine of rollouts, which none reaches either.
   */
  readonly boundary: RolesBoundary | 'handed over' | 'no baseline';
  /** ASCII text, as IAM wants it. */
  readonly description: string;
  readonly trust: PolicyDocument<TrustStatement>;
  /** Absent while its organisation is paused or gone: the role keeps its identity, and may do nothing. */
  readonly permissions: PolicyDocument<IdentityStatement> | undefined;
  /** Why a resource with a wildcard is as narrow as can be, for each that the permissions name. */
  readonly wildcards: Readonly<Record<string, string>>;
  /** The longest session in seconds; IAM’s hour if not given. */
  readonly maxSessionSeconds?: number;
}

/** Its policy is inline, so that it cannot be attached to anything else and goes when the role goes. */
export class ScopedRole extends Construct {
  readonly role: CfnRole;

  constructor(scope: Construct, id: string, props: ScopedRoleProps) {
    super(scope, id);
    const { purpose, boundary, description, trust, permissions, wildcards, maxSessionSeconds } = props;
    this.role = new CfnRole(this, 'Role', {
      roleName: roleName(purpose),
      path: ROLE_PATH,
      ...(typeof boundary !== 'string' && { permissionsBoundary: boundary.arn }),
      description,
      assumeRolePolicyDocument: policyProperty(trust),
      ...(maxSessionSeconds !== undefined && { maxSessionDuration: maxSessionSeconds }),
      ...(permissions && {
        policies: [{ policyName: purpose, policyDocument: policyProperty(permissions) }],
      }),
    });
    if (permissions === undefined) return;
    acknowledge(
      this.role,
      {
        rule: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy',
        reason:
          'The policy serves this one role. Inline, it cannot be attached to another principal and ends with the role.',
        ...BY_ZONE,
      },
      ...Object.entries(wildcards).map(
        ([resource, reason]): Acknowledgement => ({
          rule: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
          reason,
          ...BY_ZONE,
        }),
      ),
    );
  }
}
