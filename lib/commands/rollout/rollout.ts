/** `concordat rollout`: carries out a saved plan, wave by wave. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Assembly, AssemblyError, openAssembly, provenanceOf } from '../../assembly';
import { copyFolder, passingFolder } from '../../disk';
import {
  type Asking,
  type Caution,
  type CloudFormation,
  type DryRun,
  dryRunJson,
  dryRunText,
  type Engine,
  type EnginePlace,
  fleetOf,
  type RolloutClock,
  realCloudFormation,
  realEngine,
  type Step,
  stepsOf,
  type Tempo,
  USUAL_CAUTION,
  USUAL_TEMPO,
} from '../../rollout';
import { type SavedPlan, savedPlanText, WireError } from '../../wire';
import { nearest, plural } from '../../words';
import { readPlanFile } from '../assembly/plan-file';
import { type Command, command } from '../command';
import { list, optionalWord, text, textOr, toggle, UsageError, type ValuesOf, word } from '../option';
import { placesOf, USUAL } from '../places';
import { RATE_OPTIONS, rateFrom } from '../rate';
import { EXIT, type Terminal } from '../terminal';
import { JSON_OPTION } from '../vocabulary';
import { rolloutFitness } from './rollout-fitness';
import { carriedOut } from './rollout-live';
import { orderWritten } from './rollout-order';
import { enginePlaceOf, startedOnEngine } from './rollout-start';
import { usualStateFile } from './rollout-state-file';

const OPTIONS = {
  'dry-run': toggle(
    'print each wave and each call, with its cost and the time it takes, and ask nothing of AWS',
  ),
  canary: list('the organisations that go first; the first of the plan if none is given', 'IDS'),
  shares: textOr(
    'LIST',
    'how much of the rest is through after each further wave, in per cent',
    USUAL_CAUTION.shares.join(','),
  ),
  tolerance: textOr(
    'PERCENT',
    'how many of a wave’s accounts may fail before the rollout stops',
    String(USUAL_CAUTION.tolerance),
  ),
  'at-once': textOr('NUMBER', 'how many accounts are worked on at once', String(USUAL_TEMPO.atOnce)),
  pause: textOr('MINUTES', 'how long to wait between two waves', String(USUAL_TEMPO.pause)),
  watch: textOr(
    'MINUTES',
    'how long CloudFormation watches a stack’s alarms after it has changed it',
    String(USUAL_TEMPO.watch),
  ),
  done: list('what was done by hand: names of stacks, and of organisations that set a policy', 'NAMES'),
  back: toggle('put back all that was deployed, but for new stacks'),
  state: text('FILE', 'where it is kept how far the rollout has come; beside the plan if not given'),
  order: text('FOLDER', 'write what the engine carries out, for a pipeline to upload, and deploy nothing'),
  engine: toggle('have the engine carry it out: upload the order, start it, and wait for its end'),
  run: text(
    'ID',
    'with --engine: what tells this start from a later one of the same order, as a pipeline numbers its runs',
  ),
  yes: toggle('begin without being asked'),
  ...RATE_OPTIONS,
  ...JSON_OPTION,
};
type Asked = ValuesOf<typeof OPTIONS>;

/** What is to be carried out, read and found fit. */
interface Ready {
  readonly plan: SavedPlan;
  readonly pair: { readonly before: Assembly; readonly after: Assembly };
}

/** What a rollout is given of the world. */
interface World {
  readonly cloud: (asking: Asking) => CloudFormation;
  readonly engine: (place: EnginePlace) => Engine;
  readonly clock: RolloutClock;
}

/**
 * The command, for a CloudFormation, an engine and a clock. With `--dry-run` it needs neither network nor AWS. Exits 0 where it is through,
 * or back as was asked; 1 where a wave went over its tolerance or stacks failed; 3 where the plan is not of the two assemblies,
 * one of them is not what its register makes, or something given is faulty; 5 where the same command goes on.
 */
export function rolloutCommand({ cloud, engine, clock }: World): Command {
  return command({
    name: 'rollout',
    words: {
      plan: word('a plan that was saved with npx concordat plan --out'),
      before: word('the assembly that is deployed, a folder'),
      after: optionalWord(`the assembly that is to be deployed; ${USUAL.assembly} if not given`),
    },
    options: OPTIONS,
    example: 'npx concordat rollout plan.json last-deployed --dry-run',
    run: async (values, terminal) => {
      checkTogether(values);
      const tempo = tempoOf(values);
      const rate = rateFrom(values.rate, values['rate-on']);
      if (rate !== undefined && !values['dry-run'])
        throw new UsageError('--rate goes with --dry-run, which says what it costs');
      const folder = values.after ?? placesOf(terminal).assembly;
      // The CDK keeps archives in the folder that it uploads from; and what is judged here cannot change on the way.
      return inCopy(resolve(terminal.cwd, folder), !values['dry-run'], async (copy) => {
        const ready = readyOf(values, folder, copy, terminal);
        if (ready === undefined) return EXIT.faultyInput;
        const { plan, pair } = ready;
        const steps = stepsOf(fleetOf(plan, pair.before, pair.after), cautionOf(values, pair.after));
        const digest = createHash('sha256').update(savedPlanText(plan)).digest('hex');
        // By it, a later run knows its own change sets.
        const changeSet = `concordat-${digest.slice(0, 16)}`;
        if (values['dry-run']) {
          const told: DryRun = { steps, tempo, after: pair.after, changeSet, folder, ...(rate && { rate }) };
          terminal.out(values.json ? dryRunJson(told) : dryRunText(told));
          return EXIT.clean;
        }
        const { back, json, done, state: stateFile = usualStateFile(values.plan) } = values;
        checkDone(done, steps);
        const ordered = { plan, digest, pair, steps, tempo, changeSet, done };
        if (values.order !== undefined)
          return orderWritten(values.order, { ...ordered, after: folder }, terminal);
        const place = values.engine ? enginePlaceOf(ordered) : undefined;
        await demandConsent(values, steps, terminal);
        if (place !== undefined)
          return startedOnEngine(ordered, engine(place), { run: values.run, folder, json, clock }, terminal);
        return carriedOut(
          {
            ...{ plan, digest, pair, steps, tempo, changeSet, clock, done, back, stateFile, folder, json },
            cloud: cloud({ pair, watch: tempo.watch, sleep: clock.sleep }),
          },
          terminal,
        );
      });
    },
  });
}

/** The command as it is called. */
export const rollout: Command = rolloutCommand({
  cloud: realCloudFormation,
  engine: realEngine,
  clock: {
    now: Date.now,
    remaining: () => Number.POSITIVE_INFINITY,
    sleep: (milliseconds) => sleep(milliseconds),
    pause: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
  },
});

/**
 * Does something with a folder, or with a copy of it that goes again.
 * @throws what the file system says where it cannot be copied: the folder itself may change between being judged and being uploaded
 */
async function inCopy<T>(folder: string, isCopied: boolean, act: (folder: string) => Promise<T>): Promise<T> {
  // What is not there is said by whoever opens it.
  if (!isCopied || !existsSync(folder)) return act(folder);
  const place = passingFolder();
  try {
    const copy = join(place.path, 'assembly');
    copyFolder(folder, copy);
    return await act(copy);
  } finally {
    place.remove();
  }
}

/** @throws UsageError where options do not go together */
function checkTogether({ engine, run, order, back, state }: Asked): void {
  if (!engine && run !== undefined) throw new UsageError('--run goes with --engine, which starts the engine');
  if (!engine) return;
  if (back)
    throw new UsageError(
      '--back is for a rollout from one machine: to have the engine go back, make a plan of the two assemblies the other way round',
    );
  if (order !== undefined)
    throw new UsageError('--order writes what --engine uploads and starts: give one of them');
  if (state !== undefined)
    throw new UsageError('--state is of a rollout from one machine: the engine keeps its own table');
}

/** @throws UsageError where nothing by that name is done by hand */
function checkDone(done: readonly string[], steps: readonly Step[]): void {
  const names = steps.flatMap((step) =>
    step.kind === 'wave'
      ? []
      : [
          ...step.asked.map(({ organisation }) => organisation),
          ...[...step.stacks, ...step.moved].map(({ stack }) => stack),
        ],
  );
  const wrong = done.find((each) => !names.includes(each));
  if (wrong !== undefined)
    throw new UsageError(
      names.length === 0
        ? `--done names '${wrong}', and nothing of this plan is done by hand`
        : `--done names '${wrong}': what is done by hand here is ${names.join(', ')}`,
    );
}

/** @throws UsageError where nobody says yes */
async function demandConsent(
  { yes, back, 'no-input': silent }: Asked & { 'no-input': boolean },
  steps: readonly Step[],
  { ask }: Terminal,
): Promise<void> {
  if (yes) return;
  if (ask === undefined || silent)
    throw new UsageError('rollout changes accounts: give --yes, or --dry-run to see what it would do');
  const accounts = new Set(
    steps.flatMap((step) => (step.kind === 'wave' ? step.stacks.map(({ account }) => account) : [])),
  ).size;
  const what = back ? 'Put back what was deployed' : 'Deploy';
  const answer = await ask(`${what} in up to ${plural(accounts, 'account')}? yes or no: `);
  if (answer !== 'yes') throw new UsageError('nothing was begun: the answer was not yes');
}

/**
 * What is to be carried out; undefined where it is not to be, which is said.
 * @param folder of the later assembly, as the caller names it
 * @param copy where it is read
 */
function readyOf(
  { plan: file, before }: { plan: string; before: string },
  folder: string,
  copy: string,
  terminal: Terminal,
): Ready | undefined {
  try {
    const plan = readPlanFile(file, terminal);
    const pair = { before: openAssembly(resolve(terminal.cwd, before)), after: openAssembly(copy) };
    const { against, told } = rolloutFitness(plan, pair, { before, after: folder });
    for (const each of told) terminal.err(`note: ${each}\n`);
    if (against.length === 0) return { plan, pair };
    terminal.err(
      `error: ${file} is not to be carried out:\n${against.map((each) => `- ${each}\n`).join('')}Make a plan of these two assemblies, or find those that it is of.\n`,
    );
  } catch (error) {
    if (error instanceof WireError) terminal.err(`error: ${error.problems.join('\nerror: ')}\n`);
    else if (error instanceof AssemblyError) terminal.err(`error: ${error.message}\n`);
    else throw error;
  }
  return undefined;
}

/** @throws UsageError where an option is not what it takes */
function cautionOf({ canary, shares, tolerance }: Asked, after: Assembly): Caution {
  const ids = provenanceOf(after).register.organisations.map(({ id }) => id as string);
  for (const each of canary) {
    if (ids.includes(each)) continue;
    const near = nearest(each, ids);
    throw new UsageError(
      `there is no organisation '${each}'${near ? `: did you mean ${near.word}?` : ' in the register of the assembly'}`,
    );
  }
  const parts = shares.split(',').map((each) => number(each.trim(), 'shares', 1, 100));
  const rises = parts.every((each, index) => each > (parts[index - 1] ?? 0));
  if (!rises || parts.at(-1) !== 100)
    throw new UsageError(
      `--shares is '${shares}': give rising shares of which the last is 100, such as 10,40,100`,
    );
  return { canary, shares: parts, tolerance: number(tolerance, 'tolerance', 0, 100) };
}

/** @throws UsageError as above */
function tempoOf(values: Asked): Tempo {
  return {
    atOnce: number(values['at-once'], 'at-once', 1, 500),
    pause: number(values.pause, 'pause', 0, 1440),
    // What CloudFormation takes.
    watch: number(values.watch, 'watch', 0, 180),
  };
}

function number(given: string, option: string, least: number, most: number): number {
  const value = Number(given);
  if (!/^\d{1,4}$/.test(given) || value < least || value > most)
    throw new UsageError(`--${option} is '${given}': give a whole number from ${least} to ${most}`);
  return value;
}
