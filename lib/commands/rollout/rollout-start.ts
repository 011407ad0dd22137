/** Has the engine of rollouts carry a plan out, waits for its end, and tells it. */
import { provenanceOf } from '../../assembly';
import type { Rollout, Zone } from '../../register';
import {
  type Begun,
  begun,
  byHandLines,
  type Engine,
  EngineError,
  type EnginePlace,
  ended,
  type Look,
  type Order,
  type Ordered,
  type RolloutClock,
  uploaded,
} from '../../rollout';
import { described } from '../../runtime';
import { cameThrough } from '../../wire';
import { plural } from '../../words';
import { UsageError } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { interruptible } from './interruptible';
import { orderMade } from './rollout-order';
import { approvalLines, endLine, PROGRESS_MINUTES, standingsLine, stillLine } from './rollout-start-words';

/** What the engine is asked with. */
export interface StartAsked {
  /** What tells this start from a later one of the same order. */
  readonly run: string | undefined;
  /** The folder of the later assembly, as the caller names it. */
  readonly folder: string;
  readonly json: boolean;
  readonly clock: Pick<RolloutClock, 'now' | 'pause'>;
}

/** What is waited for, and how it is told. */
interface Waiting {
  readonly asked: StartAsked;
  readonly zone: Zone;
  readonly rollout: Rollout;
  readonly order: Order;
}

/** What ends the execution without anything being wrong with the plan: the same command starts it again. */
const PASSING: readonly string[] = ['AnotherIsUnderWay'];

/** Where the engine is. @throws UsageError where the register of the later assembly has none */
export function enginePlaceOf({ pair }: Pick<Ordered, 'pair'>): EnginePlace & Pick<Waiting, 'rollout'> {
  const { zone } = provenanceOf(pair.after).register;
  if (zone.rollout === undefined)
    throw new UsageError(
      'zone.yaml has no `rollout`, so there is no engine: leave --engine out, or say there in which account it is',
    );
  return { zone, account: zone.rollout.account, rollout: zone.rollout };
}

/**
 * Uploads the order of a plan, starts the engine with it or finds who carries it out already, and waits. Exits 0 where all of
 * it is through, 1 where it failed, where accounts failed within what was tolerated, or where somebody else has its name; 5
 * where it goes on, was stopped, or something is to be done by hand first.
 * @throws UsageError where the engine does not do it
 */
export async function startedOnEngine(
  ordered: Ordered,
  engine: Engine,
  asked: StartAsked,
  terminal: Terminal,
): Promise<ExitCode> {
  const { run, json, folder } = asked;
  if (run !== undefined && !/^[A-Za-z0-9]{1,32}$/.test(run))
    throw new UsageError(`--run is '${run}': give letters and digits, 32 at most`);
  const { zone } = provenanceOf(ordered.pair.after).register;
  const { rollout } = enginePlaceOf(ordered);
  const order = orderMade(ordered);
  const waiting: Waiting = { asked, zone, rollout, order };
  const byHand = order.until === undefined ? [] : byHandLines(order.until, { folder });
  if (order.order.waves.length === 0) {
    if (json) terminal.out(`${JSON.stringify({ event: 'end', ending: 'nothing-to-deploy', byHand })}\n`);
    else
      terminal.out(
        [...(byHand.length > 0 ? byHand : ['The plan has nothing that a rollout deploys.']), ''].join('\n'),
      );
    return byHand.length > 0 ? EXIT.unfinished : EXIT.clean;
  }
  const stopping = interruptible(
    terminal,
    'Looking no longer: what was started goes on without this command.',
  );
  let known = 'Nothing was started';
  try {
    const files = await uploaded(engine, order);
    tell(waiting, terminal, { event: 'uploaded', ...files }, [
      `Uploaded ${plural(files.put, 'file')}${files.there > 0 ? `; ${plural(files.there, 'name')} of theirs ${files.there === 1 ? 'was' : 'were'} there already` : ''}.`,
    ]);
    if (stopping.signal.aborted) return notBegun(terminal);
    known = 'Whether it was started is not known';
    const found = await begun(engine, order, run);
    known = `The execution ${found.name} goes on by itself`;
    const end = await awaited(found, engine, waiting, stopping.signal, terminal);
    if (end === undefined) {
      terminal.err(`The rollout goes on, as the execution ${found.name}. ${AGAIN}\n`);
      return EXIT.unfinished;
    }
    const code = conclude(found, end, waiting, byHand, terminal);
    return code === EXIT.clean && byHand.length > 0 ? EXIT.unfinished : code;
  } catch (error) {
    if (error instanceof EngineError) {
      terminal.err(`error: ${error.message}.\n`);
      return EXIT.findings;
    }
    terminal.err(
      `error: the engine could not be asked (${described(error instanceof AggregateError ? error.errors[0] : error)}). ${known}. Sign in as ${ROLE} of ${rollout.account}. ${AGAIN}\n`,
    );
    return EXIT.unfinished;
  } finally {
    terminal.progress?.(undefined);
    stopping.end();
  }
}

const ROLE = 'concordat-rollout-start';
const AGAIN = 'The same command looks again, and starts nothing twice.';

function notBegun({ err }: Terminal): ExitCode {
  err('Nothing was started: the same command goes on.\n');
  return EXIT.unfinished;
}

/** Waits for its end, and says now and then that it works. */
function awaited(
  found: Begun,
  engine: Engine,
  waiting: Waiting,
  stop: AbortSignal,
  terminal: Terminal,
): Promise<Look | undefined> {
  const { order, rollout, zone, asked } = waiting;
  const asks = rollout.approval === 'every-rollout' || order.order.widenings.length > 0;
  let told = -1;
  let isFirst = true;
  return ended(engine, found, {
    pause: asked.clock.pause,
    stop,
    tell: ({ since }) => {
      if (isFirst)
        tell(
          waiting,
          terminal,
          {
            event: 'started',
            order: order.digest,
            execution: found.name,
            attempt: found.attempt,
            since,
            approval: asks,
          },
          [
            `The execution ${found.name} carries it out, since ${since.toISOString()}${found.attempt > 1 ? `, after ${plural(found.attempt - 1, 'other')} that came to nothing` : ''}.`,
            ...(asks ? approvalLines(order.digest, rollout, zone) : []),
          ],
        );
      isFirst = false;
      const minutes = Math.floor((asked.clock.now() - since.getTime()) / 60_000);
      terminal.progress?.(stillLine(minutes));
      // Where nobody sees the line that changes in its place.
      if (terminal.progress !== undefined || asked.json || minutes < told + PROGRESS_MINUTES) return;
      if (told >= 0) terminal.err(`${stillLine(minutes)}\n`);
      told = minutes;
    },
  });
}

function conclude(
  found: Begun,
  end: Look,
  { asked, order, rollout }: Waiting,
  byHand: readonly string[],
  { out, err }: Terminal,
): ExitCode {
  const { status, error, cause, since, until } = end;
  const tolerated = order.order.waves.reduce((sum, each) => sum + each.tolerated, 0);
  // An earlier engine does not say; where none may fail, all came through.
  const through = cameThrough(end.output) ?? (tolerated > 0 ? 'some' : 'all');
  if (asked.json)
    out(
      `${JSON.stringify({ event: 'end', ending: status, order: order.digest, execution: found.name, since, until, error, cause, ...(status === 'SUCCEEDED' && { through }), byHand })}\n`,
    );
  else {
    out([endLine(found, end, through), ...byHand, ''].join('\n'));
    err(`${standingsLine(rollout)}\n`);
  }
  if (status === 'SUCCEEDED') return through === 'all' ? EXIT.clean : EXIT.findings;
  return status === 'FAILED' && !PASSING.includes(error ?? '') ? EXIT.findings : EXIT.unfinished;
}

/** For programs an event, for people lines. */
function tell(
  { asked }: Pick<Waiting, 'asked'>,
  { out, err }: Terminal,
  event: object,
  lines: readonly string[],
): void {
  if (asked.json) out(`${JSON.stringify(event)}\n`);
  else err(lines.map((each) => `${each}\n`).join(''));
}
