/** What is said of a rollout that the engine carries out. */
import { APPROVALS_PREFIX, ROLLOUT_TABLE } from '../../names';
import type { Rollout, Zone } from '../../register';
import type { Begun, Look } from '../../rollout';
import type { CameThrough } from '../../wire';
import { orList, plural } from '../../words';

/** How often it is said that a rollout works, in minutes, where no line changes in its place. */
export const PROGRESS_MINUTES = 10;

/** How long it has been at work. That it waits for an approval meanwhile, whoever starts it does not see. */
export function stillLine(minutes: number): string {
  return `At work, or waiting for an approval, for ${plural(minutes, 'minute')}.`;
}

/** What it waits for first, and what whoever approves does. @param digest of the order */
export function approvalLines(digest: string, { approvedBy }: Rollout, { region }: Zone): string[] {
  return [
    `First it waits, three days at most, for an approval by ${orList(approvedBy)}.`,
    'They read the plan, and make its order with npx concordat rollout and --order for themselves: it is to be',
    `   ${digest}`,
    'Then, as concordat-rollout-approve and with a source identity of their own:',
    `   aws dynamodb get-item --region ${region} --table-name ${ROLLOUT_TABLE} --key '{"stack":{"S":"${APPROVALS_PREFIX}${digest}"}}'`,
    `   aws stepfunctions send-task-success --region ${region} --task-token TOKEN --task-output '{}'`,
    'Whether they have, this command does not see.',
  ];
}

/** Who sees what each stack stands at. */
export function standingsLine({ watchedBy }: Rollout): string {
  return watchedBy === undefined
    ? 'The table concordat-rollout says what each stack stands at. To have a command read it, name those who watch in zone.yaml, under rollout, watchedBy.'
    : `What each stack stands at says npx concordat status --live, as ${orList(watchedBy)}.`;
}

/** How it ended, in one sentence or two. @param through which accounts came through, of one that came to its end */
export function endLine(
  { name, isOld }: Begun,
  { status, error, cause, until }: Look,
  through: CameThrough,
): string {
  const at = until === undefined ? '' : ` at ${until.toISOString()}`;
  switch (status) {
    case 'SUCCEEDED':
      return `The execution ${name} came to its end${at}: the order is carried out${through === 'all' ? '' : ', but for accounts that failed within what was tolerated. Give another --run to try those again'}.${isOld ? ` That was before, so nothing was started.${through === 'all' ? ' To carry the same order out anew, give another --run.' : ''}` : ''}`;
    case 'ABORTED':
      return `Somebody stopped the execution ${name}${at}. The same command starts another, which goes on from there.`;
    case 'TIMED_OUT':
      return `The execution ${name} ran out of time${at}. The same command starts another, which goes on from there.`;
    default:
      return `The execution ${name} failed${at}: ${[error, cause].filter((each) => each !== undefined).join(': ') || 'no reason is given'}`;
  }
}
