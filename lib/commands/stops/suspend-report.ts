/** What `suspend` says: what each step did and when, what a reader may still have, and what comes next. */

import { inWords } from '../../register/calendar';
import { documentFile } from '../../start/documents';
import type { BreachFacts, Happened } from '../../transfers';
import type { StopAnswer, StopStep } from '../../wire';
import { columns, quoted, visible } from '../../words';
import { BrokerAnswerError, type BrokerCallError } from './broker-call';
import type { Target, Writing } from './suspend-target';

/** More of what a broker says would fill the screen. */
const LONGEST_TEXT = 500;
const STEPS: Readonly<Record<StopStep['step'], string>> = {
  'access-point': 'access point',
  grant: 'grant',
  verified: 'looked again',
};
const OUTCOMES: Readonly<Record<Exclude<StopStep['outcome'], 'failed'>, string>> = {
  closed: 'closed: S3 refuses every read',
  'closed-again': 'closed again: a run of the broker was opening it',
  'was-closed': 'was closed already',
  missing: 'not there: nothing can be read through it',
  'not-shared': 'stays closed: what is deployed does not share it now',
  opened: 'open again, as its agreement says',
  'was-open': 'was open',
  stopped: 'still stopped: run this again',
  revoked: 'revoked',
  'none-left': 'no grant is left',
  'still-listed': 'a grant is still listed: run this again',
  left: 'no time was left: the broker goes on within the hour, or at once if this is run again',
};

/** What the broker did, step by step. */
export function stepsReport({ owner }: Pick<Target, 'owner'>, answer: StopAnswer, lift: boolean): string {
  const rows = answer.steps.map((step) => [
    step.at.slice(11, 19),
    step.share.split('--')[1] ?? step.share,
    STEPS[step.step],
    `${step.failed ? 'FAILED: ' : ''}${outcomeOf(step)}`,
  ]);
  const done = answer.complete
    ? lift
      ? 'The stop is lifted.'
      : 'Stopped.'
    : 'Not complete: run this again. What is done stays done.';
  const what = rows.length === 0 ? '  nothing of it is deployed there' : table(rows);
  const record =
    answer.notRecorded === undefined
      ? ''
      : `\nThe order could not be written down (${shown(answer.notRecorded)}): a deployment could take it back. Run this again.\n`;
  return `${owner.name} (account ${owner.account}), times in UTC:\n\n${what}\n\n${done}\n${record}`;
}

const POLICY_LOST =
  '; its policy could not be kept: after the stop is lifted, deploy its stack with --revert-drift to bring it back';

function outcomeOf({ step, outcome, error = 'AWS gave no reason', policyLost }: StopStep): string {
  if (outcome !== 'failed') return `${OUTCOMES[outcome]}${policyLost ? POLICY_LOST : ''}`;
  return step === 'verified' ? `the grants can’t be listed: ${shown(error)}` : shown(error);
}

function shown(text: string): string {
  return visible(text.slice(0, LONGEST_TEXT));
}

/** Why it is not known that all was done, and what to do about it. */
export function failureReport(error: BrokerCallError, lift: boolean): string {
  const done = lift ? 'lifted' : 'stopped';
  const byHand = `${documentFile('operating')} says how to stop by hand.\n\n`;
  if (error.nothingDone) return `nothing was ${done}: ${error.message}.\n${byHand}`;
  if (!(error instanceof BrokerAnswerError))
    return `it is not known what was ${done}: ${error.message}. Run this again, it is safe.\n${byHand}`;
  const answer = JSON.stringify(error.answer) ?? 'nothing';
  return `it is not known what was ${done}: ${error.message}.\nIt answered: ${shown(answer)}\n${byHand}`;
}

/** How long somebody may go on reading after a stop. */
export const WARM_READERS = `What a reader may still have:
  - every new read is refused once S3 has taken in the new policy, which is usually seconds; AWS gives no bound
  - a download that is under way goes on to its end
  - S3 may hold a bucket key for a reader for a while, so the end of the grant alone would not stop one who has just read;
    the closed access point does
  - what was read before cannot be taken back: ask the recipient to confirm deletion in writing
`;

/** Where others share with the organisation, and so have to act. */
/** @param meant the register that is meant, as an option: empty where it is meant anyway */
export function othersReport(
  { id, others, write }: Pick<Target, 'id' | 'others' | 'write'>,
  meant: string,
): string {
  const owners = [...new Set(others.map((share) => share.owner.id))].sort();
  if (write?.kind === 'suspended')
    return `Other parties share under ${id}, too. Each stops its own, from its own account:\n${owners
      .map((owner) => `  npx concordat suspend ${id} --owner ${owner} --live${meant}`)
      .join('\n')}\n`;
  const calls = owners.map((owner) =>
    owner === id
      ? `  npx concordat suspend --all-of ${id} --live${meant}`
      : `  npx concordat suspend --all-of ${id} --owner ${owner} --live${meant}`,
  );
  return `Other owners have shares with ${id}. Each stops its own, from its own account:\n${calls.join('\n')}\n`;
}

/**
 * What an owner who has a breach to report has to do, by when, and what the ledger tells of it.
 * @see https://www.legislation.gov.uk/eur/2016/679/article/33 UK GDPR, Article 33
 */
/** @param ledger the folder of the copy of the ledger that facts come from */
export function breachReport(
  now: Date,
  target: Target,
  facts: readonly BreachFacts[] | undefined,
  ledger: string | undefined,
): string {
  const { id, owner, shares } = target;
  const by = new Date(now.getTime() + 72 * 3_600_000).toISOString().slice(0, 16).replace('T', ' at ');
  const contacts = [
    ...new Set([
      owner.contacts.dataProtection,
      ...shares.map(({ recipient }) => recipient.contacts.dataProtection),
    ]),
  ];
  const evidence =
    facts === undefined
      ? `the steps above, and the ledger’s entries for ${id}: give a copy of it with --ledger`
      : `the steps above, and what follows, from the copy of the ledger that you gave. Verify it: npx concordat verify ${quoted(ledger ?? 'LEDGER')}`;
  return `If this is a personal data breach: whoever became aware of it now reports it to the ICO by ${by} UTC (72 hours).
  Tell:        ${contacts.join(', ')}
  Evidence:    ${evidence}
${(facts ?? []).map(factsReport).join('')}`;
}

function factsReport({
  agreement,
  objects,
  deposited,
  collected,
  violations,
  denied,
  recalled,
}: BreachFacts): string {
  const span = ({ count, first, last }: Happened) =>
    `${count}, from ${first.slice(0, 16).replace('T', ' ')} to ${last.slice(0, 16).replace('T', ' ')} UTC`;
  const rows = [
    ['objects concerned', String(objects)],
    ['deposited', deposited ? span(deposited) : 'none'],
    ...collected.map((each) => [`collected by ${each.by}`, span(each)]),
    ...(collected.length === 0 ? [['collected', 'by nobody']] : []),
    ...(recalled ? [['recalled', span(recalled)]] : []),
    ...(denied ? [['refused', span(denied)]] : []),
    ...violations.map((each) => [`NOT IN ORDER, by ${each.by}`, `${span(each)}: ${each.reasons.join(', ')}`]),
  ];
  return `\n${agreement}\n${table(rows)}\n`;
}

/** What the register says from now on, what it said before, and how that is taken back. */
export function registerReport(
  file: string,
  id: string,
  { kind, earliest: from, already }: Writing,
  meant: string,
): string {
  const before =
    already === undefined
      ? ''
      : `It was to be ${kind} from ${inWords(already.from)}${already.until === undefined ? '' : ` to ${inWords(already.until)}`}: those lines stay as comments above.\n`;
  return `${file} now says that ${id} is ${kind} from ${inWords(from)}, with no end.
${before}Commit it before the next deployment: a deployment from a register without it may let the recipients in again.
To have it go on again later: npx concordat ${kind === 'suspended' ? 'agreement resume' : 'resume'} ${id}${meant}
`;
}

function table(rows: readonly (readonly string[])[]): string {
  return columns(rows)
    .map((line) => `  ${line}`)
    .join('\n');
}
