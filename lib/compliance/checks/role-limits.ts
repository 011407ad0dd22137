/** Checks on what keeps a role from getting more than is its own. */
import { anyRole, type RolePurpose, roleArnIn, roleName, rolesBoundaryArn, SESSION_ROLES } from '../../names';
import type { Check } from '../check';
import { identityOf, organisationOf } from '../facts';
import { eachOf, fail, holds, notAsked, pass, type Seen } from '../judging';
import { type CheckedStatement, identityStatements } from '../statements';

const NONE = 'The assembly has no role.';

const CHANGES_IAM =
  /^(?:\*|iam:(?!get|list|simulate|generate).*|sts:assumerole.*|organizations:(?!describe|list).*)$/;

/** What a role may change of others, by the register’s own words: whose sessions it ends, and whose stop it asks for. */
const DECLARED: readonly {
  readonly purpose: RolePurpose;
  readonly actions: readonly string[];
  readonly on: (account: string) => readonly string[];
}[] = [
  {
    purpose: 'grant-broker',
    actions: ['iam:deleterolepolicy', 'iam:putrolepolicy'],
    on: (account) => SESSION_ROLES.map((each) => roleArnIn(account, each)),
  },
  { purpose: 'stop-all', actions: ['sts:assumerole'], on: () => [anyRole('stop')] },
];

/** Whether a statement is one of those, of a role that has the boundary of its account. */
function isDeclared({ stack, resource }: Seen, { actions, resources, inverted }: CheckedStatement): boolean {
  const { RoleName, PermissionsBoundary } = resource.properties;
  const known = DECLARED.find(({ purpose }) => roleName(purpose) === RoleName);
  if (known === undefined || inverted || PermissionsBoundary === undefined) return false;
  const on = known.on(stack.account);
  return (
    actions.filter((each) => CHANGES_IAM.test(each)).every((each) => known.actions.includes(each)) &&
    resources.every((each) => on.includes(each))
  );
}

export const ROLE_LIMITS: readonly Check[] = [
  {
    id: 'IAM-BOUND',
    title: 'No role can widen its own permissions or another’s, or take on another role.',
    reads: [
      'AWS::IAM::Role Policies, PermissionsBoundary',
      'AWS::IAM::Policy PolicyDocument',
      'AWS::IAM::ManagedPolicy PolicyDocument',
    ],
    why: 'Whoever changes permissions has them all. The grant broker alone puts a policy on roles of people, to end their sessions; what such a policy could give, their boundary takes away.',
    goals: ['csp-9_goal.4', 'csp-9_goal.5', 'csp-12_goal.3'],
    doesNotProve: 'What the roles that deploy may do: they belong to the bootstrap of each account.',
    remediation: 'Take the action away.',
    judge: eachOf(
      ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'],
      (seen: Seen) => {
        const widening = identityStatements(seen).filter(
          (each) =>
            each.allows &&
            each.actions.some((action) => action !== '*' && CHANGES_IAM.test(action)) &&
            !isDeclared(seen, each),
        );
        return widening.length === 0
          ? pass(
              'It may change no permissions and take on no role, but where that is what it is for.',
              ...identityOf(seen),
            )
          : widening.map((each) =>
              fail(
                `${each.sid} allows permissions to be changed, or another role to be taken on.`,
                ...each.at,
              ),
            );
      },
      NONE,
    ),
  },
  {
    id: 'IAM-CAP',
    title: 'Every role has the permissions boundary that the baseline makes for its kind of account.',
    reads: ['AWS::IAM::Role PermissionsBoundary'],
    why: 'Whoever deploys writes the policies of roles. The boundary is not theirs to write, so no role can be given more than the landing zone’s roles need.',
    goals: ['csp-9_goal.4', 'csp-9_goal.5', 'csp-12_goal.3'],
    doesNotProve:
      'What the boundary says: the access proof reads it from the baseline, and asks with it. Roles of external recipients have none: no baseline reaches their accounts.',
    remediation: 'Make the role by ScopedRole, which asks for the boundary.',
    judge: eachOf(
      ['AWS::IAM::Role'],
      (seen) => {
        const { account } = seen.stack;
        const { zone } = seen.assembly.register;
        if (organisationOf(seen.assembly, seen.stack)?.membership === 'external')
          return notAsked(
            'The template is handed over to an account that no baseline reaches.',
            'Properties',
          );
        const expected = rolesBoundaryArn(account === zone.accounts.zone ? 'zone' : 'member', account);
        return holds(
          seen.resource.properties.PermissionsBoundary === expected,
          'It has the boundary of its kind of account.',
          `Its boundary is not ${expected}.`,
          'Properties',
          'PermissionsBoundary',
        );
      },
      NONE,
    ),
  },
];
