/** What a probe will do, needs, and came to, as people read it. */

import { PROBE_TAG } from '../names';
import { dollars } from '../plan';
import { duration, outcomeWords } from '../policy';
import { documentFile } from '../start/documents';
import { plural } from '../words';
import { costOf } from './cost';
import type { ProbePlan } from './plan';
import { type PlannedCall, plannedCalls } from './planned';
import { type ProbeResult, probeProfile } from './probe';
import { KEY_DAYS } from './templates/template';
import { templateOf } from './templates/templates';

/** What is said before anything is made: what is made, what stays, what it costs, how long it takes. */
export function beforehand(plan: ProbePlan): string {
  const { sandbox, tests, takeDown, notAsked, byHand } = plan;
  const { accounts, region, organisation } = sandbox;
  const { usd, prices, elsewhere } = costOf(plan);
  const keys = keysOf(plan);
  return `${[
    `In ${region}, in the accounts ${accounts.owner} (owner) and ${accounts.recipient} (recipient):`,
    `- makes ${plural(takeDown.length, 'small stack')} named concordat-probe-*, tagged ${PROBE_TAG.Key}, and asks what ${plural(tests.length, 'assumption')} need`,
    '- removes them at the end, and after Ctrl-C; npx concordat probe --take-down removes what a broken one has left',
    `- leaves ${plural(keys, 'key')} that can’t be used, which KMS deletes after ${KEY_DAYS} days and which cost nothing meanwhile; nothing is locked in compliance mode`,
    `- costs at most ${dollars(usd)} (prices of ${prices}${elsewhere ? ', of London, since the table has no others' : ''}), and takes about 45 minutes`,
    ...(organisation === undefined
      ? [
          `- leaves out ${plural(notAsked.length, 'assumption')} that need a whole AWS organisation: give its id with --organisation if both accounts are in it and it has an organisation trail`,
        ]
      : []),
    `- leaves out ${plural(byHand.length, 'assumption')} that are tested by hand: ${documentFile('limits')} says how`,
  ].join('\n')}\n`;
}

/** The keys of all stacks. */
function keysOf({ sandbox, takeDown }: Pick<ProbePlan, 'sandbox' | 'takeDown'>): number {
  return takeDown.flatMap(({ stack }) =>
    Object.values(templateOf(stack, sandbox).Resources).filter(({ Type }) => Type === 'AWS::KMS::Key'),
  ).length;
}

const PARTS: Readonly<Record<PlannedCall['part'], string>> = {
  before: 'Before anything is made',
  'set-up': 'What most tests need',
  test: 'Tests',
  'take-down': 'Taking down',
};

/** Every call, numbered, with its account. */
export function dryRunText(plan: ProbePlan): string {
  const calls = plannedCalls(plan);
  const lines = [beforehand(plan)];
  let part: PlannedCall['part'] | undefined;
  let tested: string | undefined;
  for (const [index, each] of calls.entries()) {
    if (each.part !== part) lines.push(`${PARTS[each.part]}`);
    if (each.assumption !== undefined && each.assumption !== tested) lines.push(`  ${each.assumption}`);
    part = each.part;
    tested = each.assumption;
    lines.push(
      `  ${String(index + 1).padStart(3)}  ${each.account}  ${callLine(each)}`,
      `       ${' '.repeat(12)}  ${each.operations.map(({ action, by }) => `${action}${by === 'role' ? ' as the role' : ''}`).join(', ')}`,
    );
  }
  return `${lines.join('\n')}\n\nNothing was asked of AWS.\n`;
}

function callLine({ words, expect, within, decides }: PlannedCall): string {
  if (expect === undefined) return words;
  const time = within === undefined ? '' : `, within ${duration(within)}`;
  return `${words}: ${outcomeWords(expect)}${time}${decides ? ' (decides)' : ''}`;
}

/** What a person needs who wants to run it. */
export function needsText({ sandbox: { accounts } }: Pick<ProbePlan, 'sandbox'>): string {
  return `A probe needs two sandbox accounts that hold nothing else, and for each a profile of the AWS command line:
  ${probeProfile(accounts.owner)}  of the account that owns
  ${probeProfile(accounts.recipient)}  of the account that reads
Both with the rights that npx concordat probe --policy prints for them, and no more. See ${documentFile('probe')}.
`;
}

const OUTCOMES = { seen: 'seen', refuted: 'REFUTED', open: 'open' } as const;

/** What came of it, a line for each assumption. */
export function resultText({ tests, left, stopped }: ProbeResult, plan: ProbePlan): string {
  const width = Math.max(0, ...tests.map(({ id }) => id.length));
  const lines = tests.map(
    ({ id, outcome, saw }) => `${OUTCOMES[outcome].padEnd(8)}${id.padEnd(width + 2)}${saw}`,
  );
  if (stopped !== undefined) lines.push(`Stopped: ${stopped}.`);
  for (const { side, stack, why } of left)
    lines.push(
      `LEFT in the ${side}’s account ${plan.sandbox.accounts[side]}: ${stack === undefined ? 'it could not be asked what is there' : `the stack concordat-probe-${stack}`} (${why}). Run npx concordat probe --take-down --accounts ${plan.sandbox.accounts.owner},${plan.sandbox.accounts.recipient}`,
    );
  if (left.length === 0)
    lines.push(`Everything was taken down, but for keys that KMS deletes ${KEY_DAYS} days from now.`);
  return `${lines.join('\n')}\n`;
}
