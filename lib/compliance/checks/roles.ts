/** Checks on what roles may do. */

import { plural } from '../../words';
import type { Check } from '../check';
import { identityOf } from '../facts';
import { eachOf, fail, holds, listed, onStack, pass, textsOf, type Verdict } from '../judging';
import { asked, type CheckedStatement, identityStatements } from '../statements';

const POLICIES = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'] as const;
const READS = [
  'AWS::IAM::Role Policies',
  'AWS::IAM::Policy PolicyDocument',
  'AWS::IAM::ManagedPolicy PolicyDocument',
];
const NONE = 'The assembly has no role.';

/** Finds the statements that allow too much, in words. */
function allowances(good: string, bad: (statement: CheckedStatement) => string | undefined) {
  return eachOf(
    POLICIES,
    (seen): Verdict | Verdict[] => {
      const found = identityStatements(seen).flatMap((each) => {
        const what = each.allows ? bad(each) : undefined;
        return what === undefined ? [] : [fail(`${each.sid} ${what}.`, ...each.at)];
      });
      return found.length > 0 ? found : pass(good, ...identityOf(seen));
    },
    NONE,
  );
}

/** What of a resource is left open though its name is known. */
function openPart(resource: string, statement: CheckedStatement): string | undefined {
  const [, partition, service = '', region, account, ...rest] = resource.split(':');
  const name = rest.join(':');
  if (partition === undefined || account === undefined) return 'every resource';
  if (/[*?]/.test(partition + service + region)) return 'resources of any service or Region';
  if (/[*?]/.test(account) && asked(statement, 'aws:ResourceOrgID', ['StringEquals']).length === 0)
    return 'resources of any account';
  if (service === 's3' && account === '' && /^[^/]*[*?]/.test(name)) return 'any bucket';
  const whole = /^(?:[a-z-]+[/:])?\*$/.test(name);
  const keyThroughService =
    service === 'kms' && asked(statement, 'kms:ViaService', ['StringEquals']).length > 0;
  return whole && !keyThroughService ? `any resource of ${service}` : undefined;
}

export const ROLES: readonly Check[] = [
  {
    id: 'IAM-ADMIN',
    title: 'No role may do everything.',
    reads: READS,
    why: 'Whoever may do everything needs no other permission.',
    goals: ['csp-6.1_goal.1', 'csp-9_goal.4', 'csp-12_goal.4'],
    doesNotProve: 'What roles that were made by other means may do.',
    remediation: 'Name the actions and the resources.',
    judge: allowances('It may not do everything.', ({ actions, resources, inverted, compiled }) =>
      inverted ||
      compiled.doubts.length + compiled.actions.doubts.length > 0 ||
      (actions.includes('*') && resources.includes('*'))
        ? 'allows everything, or everything but some, or what is not understood'
        : undefined,
    ),
  },
  {
    id: 'IAM-FULL',
    title: 'No role may do everything that a service offers.',
    reads: READS,
    why: 'Services gain actions; a role must not gain them unseen.',
    goals: ['csp-6.1_goal.1', 'csp-9_goal.4', 'csp-12_goal.4'],
    doesNotProve: 'That each single action is needed.',
    remediation: 'Name the actions.',
    judge: allowances('It has no service as a whole.', ({ actions }) => {
      const whole = actions.filter((each) => /^(?:[a-z0-9-]+:)?\*$/.test(each));
      return whole.length > 0 ? `allows ${listed(whole)}` : undefined;
    }),
  },
  {
    id: 'IAM-WILD',
    title: 'No role has a wildcard where a name is known.',
    reads: READS,
    why: 'A wildcard also fits what is made later, by somebody else.',
    goals: ['csp-9_goal.4', 'csp-9_goal.9'],
    doesNotProve:
      'That wildcards below a known name, for objects and log streams, are all needed: each has an acknowledged AwsSolutions-IAM5.',
    remediation: 'Write the name, or bound the statement by aws:ResourceOrgID or kms:ViaService.',
    judge: allowances('Every wildcard is below a name that is given, or bounded by a condition.', (each) => {
      const pattern = each.actions.find(
        (action) => /[*?]/.test(action) && !/^(?:[a-z0-9-]+:)?\*$/.test(action),
      );
      if (pattern) return `allows the pattern ${pattern}`;
      const open = each.resources
        .filter((one) => one !== '*')
        .map((one) => openPart(one, each))
        .find((one) => one !== undefined);
      const all = each.resources.includes('*') && !each.actions.includes('*');
      return open !== undefined ? `covers ${open}` : all ? 'covers every resource' : undefined;
    }),
  },
  {
    id: 'IAM-AWSMAN',
    title: 'No role has a policy that AWS writes and changes.',
    reads: ['AWS::IAM::Role ManagedPolicyArns'],
    why: 'AWS adds actions to its managed policies without asking.',
    goals: ['csp-9_goal.4', 'csp-5.4_goal.3'],
    doesNotProve: 'Policies that were attached by hand.',
    remediation: 'Write the role’s own policy.',
    judge: eachOf(
      ['AWS::IAM::Role'],
      ({ resource: { properties } }) => {
        const theirs = textsOf(properties.ManagedPolicyArns).filter((each) =>
          each.includes(':iam::aws:policy/'),
        );
        return holds(
          theirs.length === 0,
          'It has no policy of AWS’s.',
          `It has ${listed(theirs)}.`,
          'Properties',
          'ManagedPolicyArns',
        );
      },
      NONE,
    ),
  },
  {
    id: 'IAM-NOUSER',
    title: 'There are no IAM users and no access keys.',
    reads: ['AWS::IAM::User', 'AWS::IAM::AccessKey', 'AWS::IAM::Group'],
    why: 'A long-lived credential can be copied, and stays valid when its owner leaves.',
    goals: ['csp-9_goal.1', 'csp-9_goal.8', 'csp-10_goal.1', 'csp-10_goal.5'],
    doesNotProve: 'That nobody made a user by hand.',
    remediation: 'Use roles.',
    judge: ({ stacks }) =>
      stacks.flatMap((stack) => {
        const found = stack.resources.filter(({ type }) =>
          ['AWS::IAM::User', 'AWS::IAM::AccessKey', 'AWS::IAM::Group'].includes(type),
        );
        return found.length === 0
          ? [
              onStack(
                stack,
                pass(`None among its ${plural(stack.resources.length, 'resource')}.`, 'Resources'),
              ),
            ]
          : found.map(({ logicalId, type }) =>
              onStack(stack, fail(`${logicalId} is an ${type}.`, 'Resources', logicalId)),
            );
      }),
  },
  {
    id: 'IAM-INLINE',
    title: 'Every role carries all of its policy itself.',
    reads: ['AWS::IAM::Role Policies', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'],
    why: 'One resource then shows all that a role may do. The generic rule against inline policies would mislead here: a policy of its own could be attached to somebody else, and outlive the role.',
    goals: ['csp-9_goal.2', 'csp-9_goal.7', 'csp-14.2_goal.3'],
    doesNotProve: 'Policies that were attached by hand.',
    remediation: 'Put the statements in the role’s Policies.',
    judge: eachOf(
      [...POLICIES, 'AWS::IAM::RolePolicy'],
      ({ resource }) =>
        resource.type !== 'AWS::IAM::Role'
          ? fail('It is a policy apart from its role.', 'Properties')
          : holds(
              textsOf(resource.properties.ManagedPolicyArns).every((each) =>
                each.includes(':iam::aws:policy/'),
              ),
              'All that it may do is written here.',
              'It has policies that are written elsewhere.',
              'Properties',
              'ManagedPolicyArns',
            ),
      NONE,
    ),
  },
  {
    id: 'IAM-SESSION',
    title: 'Sessions of roles that people and systems take on end within an hour.',
    reads: ['AWS::IAM::Role MaxSessionDuration'],
    why: 'What was taken over ends soon.',
    goals: ['csp-6.2_goal.3', 'csp-9_goal.10', 'csp-10_goal.5', 'csp-12_goal.4'],
    doesNotProve:
      'Multi-factor authentication: it is asked for where people sign in, which is the organisation’s own.',
    remediation: 'Set MaxSessionDuration to 3600 or less.',
    judge: eachOf(
      ['AWS::IAM::Role'],
      ({ resource: { properties } }) => {
        const seconds = Number(properties.MaxSessionDuration ?? 3600);
        return holds(
          seconds <= 3600,
          `Sessions end within ${seconds / 60} minutes.`,
          `Sessions last up to ${seconds / 60} minutes.`,
          'Properties',
          'MaxSessionDuration',
        );
      },
      NONE,
    ),
  },
];
