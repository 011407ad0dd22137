/** The check on who may take on roles. */
import type { RolePurpose } from '../../names';
import type { Organisation } from '../../register';
import type { Check } from '../check';
import { holdersOf, organisationOf } from '../facts';
import { eachOf, fail, listed, pass, type Seen } from '../judging';
import { sameSet, statementsAt } from '../statements';

type Named = (organisation: Organisation) => readonly string[];

const depositors: Named = (each) => (each.membership === 'member' ? each.mayDeposit : []);
const collectors: Named = ({ mayCollect }) => mayCollect;
const nobody: Named = () => [];

/** Whom the register names for each role; none where it is a function’s or AWS’s. */
const NAMED: Readonly<Record<RolePurpose, Named>> = {
  deposit: depositors,
  collect: collectors,
  receipts: (each) => [...depositors(each), ...collectors(each)],
  'malware-scan': nobody,
  'contract-gate': nobody,
  stop: nobody,
  lift: nobody,
  'stop-all': nobody,
  'grant-broker': nobody,
  'transfer-audit': nobody,
  'ledger-seal': nobody,
};
const BY_ROLE_NAME = new Map(
  Object.entries(NAMED).map(([purpose, named]) => [`concordat-${purpose}`, named]),
);

/** The principals that the register names for a role. */
function declared(seen: Seen): readonly string[] {
  const organisation = organisationOf(seen.assembly, seen.stack);
  const named = BY_ROLE_NAME.get(String(seen.resource.properties.RoleName)) ?? nobody;
  return organisation === undefined ? [] : named(organisation);
}

export const TRUST: readonly Check[] = [
  {
    id: 'IAM-TRUST',
    title:
      'Roles are taken on by the principals that the register names, in their own account, and by AWS services; by nobody else.',
    reads: ['AWS::IAM::Role AssumeRolePolicyDocument', 'register.json organisations'],
    why: 'Who may take on a role has all that the role may do.',
    goals: [
      'csp-12_goal.2',
      'csp-3_goal.1',
      'csp-9_goal.2',
      'csp-9_goal.5',
      'csp-10_goal.1',
      'csp-10_goal.3',
      'csp-11_goal.2',
    ],
    doesNotProve:
      'Who may take on the principals that the register names: the organisation answers for that.',
    remediation:
      'Trust the own account with a condition on aws:PrincipalArn that lists what the register names.',
    judge: eachOf(
      ['AWS::IAM::Role'],
      (seen) => {
        const { account } = seen.stack;
        const statements = statementsAt(seen, 'AssumeRolePolicyDocument').filter((each) => each.allows);
        const people = statements.filter(({ principals }) => principals.anybody || principals.aws.length > 0);
        const outside = people.find(
          ({ principals }) =>
            principals.anybody || principals.aws.some((each) => !each.startsWith(`arn:aws:iam::${account}:`)),
        );
        if (outside) return fail(`${outside.sid} trusts another account.`, ...outside.at);
        const federated = statements.find(
          (each) =>
            each.inverted ||
            each.principals.others.length > 0 ||
            (each.principals.services.length === 0 && !people.includes(each)),
        );
        if (federated)
          return fail(
            `${federated.sid} trusts somebody who is neither in the register nor an AWS service.`,
            ...federated.at,
          );
        const wanted = declared(seen);
        const found = people.flatMap(holdersOf);
        if (!sameSet(found, wanted))
          return fail(
            `It trusts ${listed(found)}; the register names ${listed(wanted)}.`,
            'Properties',
            'AssumeRolePolicyDocument',
          );
        const services = statements.flatMap(({ principals }) => principals.services);
        return pass(
          `It trusts ${listed([...found, ...services])}, and nobody else.`,
          'Properties',
          'AssumeRolePolicyDocument',
        );
      },
      'The assembly has no role.',
    ),
  },
];
