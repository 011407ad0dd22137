/** `concordat status --rollout FILE`: what each account of a rollout runs, by the file in which that is kept. */
import { dayWords } from '../../register/calendar';
import { parseRolloutState, type RolloutState, type StackState, WireError } from '../../wire';
import { columns } from '../../words';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { textNamed } from '../unread';

const STATE_FILE = 'name the state file of a rollout, such as plan.state.json';

/** How much of a digest tells two apart for people. */
const DIGITS = 12;

const STANDS: Readonly<Record<StackState['standing'], string>> = {
  waiting: 'not begun',
  begun: 'under way',
  through: 'through',
  failed: 'failed',
  stuck: 'stuck',
  back: 'put back',
};

/** One stack, with the side of the plan that it runs; none where it runs neither, or nobody has asked. */
interface Row extends Pick<StackState, 'account' | 'standing' | 'runs'> {
  readonly stack: string;
  readonly of?: RolloutState['before'];
}

/**
 * Tells it as a table, or as JSON. It says what the rollout saw last: AWS is not asked.
 * @throws UsageError where the file cannot be read
 */
export function rolloutStatus(
  { rollout: path, json }: { readonly rollout: string; readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  try {
    const state = parseRolloutState(textNamed(path, STATE_FILE, terminal), path);
    const rows = Object.entries(state.stacks).map(([stack, { account, standing, runs }]): Row => {
      const of = runs === 'before' || runs === 'after' ? state[runs] : undefined;
      return { account, stack, standing, runs, ...(of && { of }) };
    });
    terminal.out(
      json
        ? `${JSON.stringify({ schema: 'concordat-rollout-status/v1', plan: state.plan, rows }, null, 2)}\n`
        : `${columns(rows.map((row) => [row.account, row.stack, STANDS[row.standing], runsWords(row)])).join('\n')}\n`,
    );
    return EXIT.clean;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    terminal.err(`error: ${error.problems.join('\nerror: ')}\n`);
    return EXIT.faultyInput;
  }
}

function runsWords({ runs, of }: Row): string {
  if (of !== undefined) {
    const { registerDigest, asOf, program } = of;
    const by = program === undefined ? '' : `, program ${program.slice(0, DIGITS)}`;
    return `register ${registerDigest.slice(0, DIGITS)} for ${dayWords(asOf)}${by}`;
  }
  if (runs === 'unknown') return 'nobody has seen what it runs';
  return runs === 'nothing' ? 'nothing deployed' : 'neither side of the plan';
}
