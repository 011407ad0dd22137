/** The check on who may take on roles. */
import { type RolePurpose, roleArnIn } from '../../names';
import type { Organisation, Zone } from '../../register';
import type { Check } from '../check';
import { holdersOf, organisationOf } from '../facts';
import { eachOf, fail, listed, pass, type Seen } from '../judging';
import { type CheckedStatement, sameSet, statementsAt } from '../statements';
import { isSignIn, signInsWanted } from './signed-in';

/** Those whom the register names for a role of an organisation, or of the operator where it is in no organisation’s stack. */
type Named = (organisation: Organisation | undefined, zone: Zone) => readonly string[];

const depositors: Named = (each) => (each?.membership === 'member' ? each.mayDeposit : []);
const collectors: Named = (each) => each?.mayCollect ?? [];
const nobody: Named = () => [];
/** The operator’s role that stops for all, where the zone has one. */
const theZone: Named = (_, { accounts, mayStopAll = [] }) =>
  mayStopAll.length > 0 ? [roleArnIn(accounts.zone, 'stop-all')] : [];

/** Whom the register names for each role, in its own account; none where it is a function’s or AWS’s. */
const NAMED: Readonly<Record<RolePurpose, Named>> = {
  deposit: depositors,
  collect: collectors,
  receipts: (each, zone) => [...depositors(each, zone), ...collectors(each, zone)],
  stop: (each) => (each?.membership === 'member' ? (each.mayStop ?? []) : []),
  lift: (each) => (each?.membership === 'member' ? (each.mayLift ?? []) : []),
  'stop-all': (each, { mayStopAll = [] }) => (each === undefined ? mayStopAll : []),
  'page-release': (each, { mailbox }) => (each === undefined ? (mailbox?.served?.mayRelease ?? []) : []),
  'malware-scan': nobody,
  'release-gate': nobody,
  'gate-machine': nobody,
  'grant-broker': nobody,
  'transfer-audit': nobody,
  'ledger-seal': nobody,
  notices: nobody,
};
/** Whom else, of another account: the operator stops in every owner’s. */
const FROM_ELSEWHERE: Readonly<Partial<Record<RolePurpose, Named>>> = { stop: theZone };
const byRoleName = (table: Readonly<Partial<Record<RolePurpose, Named>>>) =>
  new Map(Object.entries(table).map(([purpose, named]) => [`concordat-${purpose}`, named]));
const BY_ROLE_NAME = byRoleName(NAMED);
const ELSEWHERE_BY_ROLE_NAME = byRoleName(FROM_ELSEWHERE);

/** The principals that the register names for a role: of its own account, and of another. */
function declared({ assembly, stack, resource }: Seen): Record<'own' | 'elsewhere', readonly string[]> {
  const organisation = organisationOf(assembly, stack);
  const { zone } = assembly.register;
  const name = String(resource.properties.RoleName);
  const own = organisation !== undefined || stack.account === zone.accounts.zone;
  const of = (table: ReadonlyMap<string, Named>) =>
    own ? (table.get(name) ?? nobody)(organisation, zone) : [];
  return { own: of(BY_ROLE_NAME), elsewhere: of(ELSEWHERE_BY_ROLE_NAME) };
}

export const TRUST: readonly Check[] = [
  {
    id: 'IAM-TRUST',
    title:
      'Roles are taken on by the principals that the register names, in their own account, by those whom it has sign in by the organisation’s own provider, and by AWS services; the role that stops shares also by the operator’s, where the register says so; by nobody else.',
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
      'Who may take on the principals that the register names: the organisation answers for that, and for whom its provider gives which token.',
    remediation:
      'Trust the own account with a condition on aws:PrincipalArn that lists what the register names, and the organisation’s provider with its audience and the subjects or app roles that the register names.',
    judge: eachOf(
      ['AWS::IAM::Role'],
      (seen) => {
        const { account } = seen.stack;
        const statements = statementsAt(seen, 'AssumeRolePolicyDocument').filter((each) => each.allows);
        const people = statements.filter(({ principals }) => principals.anybody || principals.aws.length > 0);
        const wanted = declared(seen);
        const isOutside = ({ principals }: CheckedStatement) =>
          principals.anybody || principals.aws.some((each) => !each.startsWith(`arn:aws:iam::${account}:`));
        // What the operator may, it may by its one role alone, which the statement names.
        const isTheOperators = (each: CheckedStatement) =>
          !each.principals.anybody &&
          wanted.elsewhere.length > 0 &&
          sameSet(holdersOf(each), wanted.elsewhere) &&
          sameSet(
            each.principals.aws,
            wanted.elsewhere.map((arn) => `arn:aws:iam::${arn.split(':')[4]}:root`),
          );
        const outside = people.find((each) => isOutside(each) && !isTheOperators(each));
        if (outside) return fail(`${outside.sid} trusts another account.`, ...outside.at);
        const organisation = organisationOf(seen.assembly, seen.stack);
        const signIns = signInsWanted(organisation, String(seen.resource.properties.RoleName));
        const signedIn = statements.filter((each) => isSignIn(each, organisation, signIns));
        const federated = statements.find(
          (each) =>
            !signedIn.includes(each) &&
            (each.inverted ||
              each.principals.others.length > 0 ||
              (each.principals.services.length === 0 && !people.includes(each))),
        );
        if (federated)
          return fail(
            `${federated.sid} trusts somebody who is neither in the register nor an AWS service.`,
            ...federated.at,
          );
        if (signedIn.length !== signIns.length)
          return fail(
            'The register has people sign in, and it does not let exactly these in.',
            'Properties',
            'AssumeRolePolicyDocument',
          );
        const found = people.flatMap(holdersOf);
        const named = [...wanted.own, ...wanted.elsewhere];
        if (!sameSet(found, named))
          return fail(
            `It trusts ${listed(found)}; the register names ${listed(named)}.`,
            'Properties',
            'AssumeRolePolicyDocument',
          );
        const services = statements.flatMap(({ principals }) => principals.services);
        return pass(
          `It trusts ${listed([...found, ...services, ...signedIn.flatMap(({ principals }) => principals.others)])}, and nobody else.`,
          'Properties',
          'AssumeRolePolicyDocument',
        );
      },
      'The assembly has no role.',
    ),
  },
];
