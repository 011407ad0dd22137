/** Where everybody stands, in words: one page for terminals and browsers alike. */
import { dayWords } from '../../register/calendar';
import {
  type Block,
  code,
  type Document,
  heading,
  list,
  paragraph,
  plural,
  say,
  table,
  type Words,
} from '../../words';
import { refusedPrincipalWords } from '../refused-principals';
import {
  type AccountStatus,
  counts,
  type FleetStatus,
  type StackStatus,
  type StatusFinding,
} from './fleet-status';

/** How much of a digest tells two apart for people. */
const DIGITS = 12;
const short = (digest: string) => code(digest.slice(0, DIGITS));

/**
 * The page.
 * @param nameOf what the register calls the organisation of an account
 * @param at when it was looked at, for people
 */
export function statusDocument(
  status: FleetStatus,
  nameOf: (account: string) => string | undefined,
  at: string,
): Document {
  const { newest, accounts } = status;
  const called = ({ account }: AccountStatus): Words => {
    const name = nameOf(account);
    return name === undefined ? code(account) : say`${name}, ${code(account)}`;
  };
  const toLookAt = accounts.flatMap((each) => ofAccount(each, called(each), counts));
  const toKnow = accounts.flatMap((each) => ofAccount(each, called(each), (finding) => !counts(finding)));
  return [
    heading(1, 'Where everybody stands'),
    paragraph(
      newest === undefined
        ? `${plural(accounts.length, 'account')}, on ${at}. No rollout has written anything down yet.`
        : say`${plural(accounts.length, 'account')}, on ${at}. The newest register is ${short(newest.register)}, for ${dayWords(newest.asOf)}${newest.program === undefined ? '' : say`, by the program ${short(newest.program)}`}.`,
    ),
    heading(2, 'To look at'),
    ...listed(toLookAt, 'Nothing.'),
    ...(toKnow.length === 0 ? [] : [heading(2, 'To know'), ...listed(toKnow, '')]),
    heading(2, 'What each stack runs'),
    table(
      ['Account', 'Stack', 'Runs', 'CloudFormation', 'Protected', 'Drift looked for, UTC'],
      accounts.flatMap((each) => each.stacks.map((stack) => rowOf(called(each), stack, newest))),
    ),
    paragraph(
      'Guardrails, baseline and trail are stacks of the management account, which this does not ask: StackSets make no role there.',
    ),
  ];
}

function listed(items: readonly Words[], none: string): Block[] {
  return items.length === 0 ? (none === '' ? [] : [paragraph(none)]) : [list(items)];
}

function rowOf(
  account: Words,
  { stack, runs, status, isProtected, driftAt }: StackStatus,
  newest: FleetStatus['newest'],
): Words[] {
  return [
    account,
    code(stack),
    runsWords(runs, newest),
    status === undefined ? 'not seen' : code(status),
    isProtected === undefined ? '' : isProtected ? 'yes' : 'no',
    // To the minute.
    driftAt?.slice(0, 16).replace('T', ' ') ?? 'never',
  ];
}

/** In few words where it is the newest, as nearly all are: what differs is to be seen. */
function runsWords(runs: StackStatus['runs'], newest: FleetStatus['newest']): Words {
  if (runs === undefined) return 'not known';
  const { register, asOf, program } = runs;
  const isNewest = register === newest?.register && asOf === newest.asOf;
  const of = isNewest ? 'the newest register' : say`${short(register)}, for ${dayWords(asOf)}`;
  return program === undefined || program === newest?.program ? of : say`${of}, by ${short(program)}`;
}

function ofAccount(
  { stacks, alarms, grantsPending, trouble, isDeclared, left }: AccountStatus,
  called: Words,
  isMeant: (finding: StatusFinding) => boolean,
): Words[] {
  const found = stacks.flatMap(({ stack, findings }) =>
    findings.filter(isMeant).map((each) => say`${called}: ${code(stack)} ${findingWords(each)}.`),
  );
  const hasLeft = left !== undefined;
  const notAsked = hasLeft ? 'its organisation has left, and it may be closed: it' : 'it';
  const untold =
    trouble === undefined || !isDeclared
      ? []
      : [say`${called}: ${notAsked} could not be asked (${trouble}).`];
  // What else concerns a whole account is to be looked at.
  if (!isMeant({ kind: 'behind' })) return [...(hasLeft ? untold : []), ...found];
  return [
    ...(hasLeft ? [] : untold),
    ...found,
    ...(grantsPending ? [say`${called}: a share has waited for its grant for an hour or more.`] : []),
    ...alarms.map((each) => say`${called}: the alarm ${code(each)} goes off.`),
  ];
}

function findingWords(finding: StatusFinding): Words {
  switch (finding.kind) {
    case 'behind':
      return 'runs another register than the newest';
    case 'by-hand':
      return finding.known === undefined
        ? 'runs what no rollout deployed: somebody deployed it by hand, such as by cdk deploy'
        : say`runs the register ${short(finding.known.register)}, and the table says otherwise: somebody deployed it by hand, such as by cdk deploy`;
    case 'unsaid':
      return 'has a line that does not say what it runs, of an earlier engine: the next rollout writes it down';
    case 'left-over':
      return 'is still there, and the register has this account no more: have its owner say what is to become of it';
    case 'let-go':
      return 'has a line in the table, and the register has this account no more';
    case 'left':
      return 'is of an organisation that has left: rollouts leave it out';
    case 'no-line':
      return 'is there, and no rollout has written of it: it was deployed by hand, and the next rollout writes it down';
    case 'not-there':
      return 'is not there, and the table says that it is: somebody deleted it';
    case 'failed':
      return say`is in ${code(finding.status)}: CloudFormation could not bring it to an end`;
    case 'under-way':
      return say`is in ${code(finding.status)}: something is under way`;
    case 'rollout':
      return leftWords(finding);
    case 'unprotected':
      return 'is not protected from deletion';
    case 'drift':
      return driftWords(finding);
    case 'drift-not-seen':
      return `could not be looked at for drift: ${finding.why}`;
  }
}

const LEFT = { begun: 'under way', failed: 'as it was before, since it failed,', stuck: 'stuck' } as const;

function leftWords({ standing, why }: Extract<StatusFinding, { kind: 'rollout' }>): Words {
  const told = [why, refusedPrincipalWords(why) ?? []].flat().join('; ');
  return `was left ${LEFT[standing]} by the last rollout${told === '' ? '' : `: ${told}`}`;
}

function driftWords({ resource, by }: Extract<StatusFinding, { kind: 'drift' }>): Words {
  const { id, type, deleted, properties } = resource;
  if (deleted) return say`has lost ${code(id)} (${type}): somebody deleted it`;
  const where = properties.map(({ path }) => path).join(', ');
  const whose = {
    somebody: 'somebody changed it past a deployment',
    'grant broker': 'the grant broker stopped shares or ended sessions, as somebody had it do',
    AWS: 'AWS writes it in another form, with the same meaning',
  }[by];
  return say`has drifted at ${code(id)} (${type})${where === '' ? '' : say` in ${code(where)}`}: ${whose}`;
}
