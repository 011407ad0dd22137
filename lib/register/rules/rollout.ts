/** Rules on the engine of rollouts: it is in an account of its own, its approvers are there, and it is a deployer. */
import { roleArn } from '../../names';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';

const OWN_ROLES = [
  'rollout-step',
  'rollout-machine',
  'rollout-start',
  'rollout-approve',
  'rollout-status',
] as const;

/** The engine reaches every account, so it lies in none that holds data or judges others. */
export function rolloutIsApart({ zone, organisations }: Draft): Diagnostic[] {
  const rollout = zone?.value.rollout;
  if (zone === undefined || rollout === undefined) return [];
  const { accounts, guardrails } = zone.value;
  const { account, approvedBy, watchedBy = [] } = rollout;
  const named = [
    ...approvedBy.map((arn, index) => ({ arn, path: ['rollout', 'approvedBy', index] })),
    ...watchedBy.map((arn, index) => ({ arn, path: ['rollout', 'watchedBy', index] })),
  ];
  const holder = [...organisations.values()].find(({ value }) => value.account === account)?.value.id;
  const whose =
    account === accounts.zone
      ? 'the zone'
      : account === accounts.management
        ? 'AWS Organizations’ management'
        : holder;
  const { deployers } = guardrails;
  const own = OWN_ROLES.map((each) => roleArn(account, each));
  const engine = roleArn(account, 'rollout-step');
  return [
    ...(whose === undefined
      ? []
      : [
          at(zone.source, ['rollout', 'account'], {
            code: 'wrong-account',
            message: `this is the account of ${whose}, and the engine would deploy from there to every other`,
            found: account,
            fix: 'give the engine an account of the operator’s that holds nothing else',
          }),
        ]),
    ...approvedBy.flatMap((arn, index) =>
      own.includes(arn) || deployers.includes(arn)
        ? [
            at(zone.source, ['rollout', 'approvedBy', index], {
              code: 'duties-apart',
              message: own.includes(arn)
                ? 'this is a role of the engine itself, which would approve its own work'
                : 'this role deploys, and would approve its own work',
              found: arn,
              fix: `name a role in ${account} that a second person holds`,
            }),
          ]
        : [],
    ),
    ...named.flatMap(({ arn, path }) =>
      arn.split(':')[4] === account
        ? []
        : [
            at(zone.source, path, {
              code: 'wrong-account',
              message: 'this role is in another account than the engine',
              found: arn,
              fix: `name a role in ${account}`,
            }),
          ],
    ),
    ...(deployers.includes(engine)
      ? []
      : [
          at(zone.source, ['guardrails', 'deployers'], {
            code: 'unresolved-id',
            message: 'the engine of rollouts is no deployer, and could deploy nothing',
            found: deployers.join(', '),
            fix: `add ${engine}`,
          }),
        ]),
  ];
}
