/** `concordat rollout`: carries out a saved plan, wave by wave. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { type Assembly, AssemblyError, openAssembly, provenanceOf } from '../assembly';
import {
  type Caution,
  type DryRun,
  dryRunJson,
  dryRunText,
  fleetOf,
  stepsOf,
  type Tempo,
  USUAL_CAUTION,
  USUAL_TEMPO,
} from '../rollout';
import { type SavedPlan, savedPlanText, WireError } from '../wire';
import { nearest } from '../words';
import { command } from './command';
import { list, optionalWord, textOr, toggle, UsageError, type ValuesOf, word } from './option';
import { placesOf, USUAL } from './places';
import { readPlanFile } from './plan-file';
import { rolloutFitness } from './rollout-fitness';
import { EXIT, type Terminal } from './terminal';
import { JSON_OPTION } from './vocabulary';

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
  ...JSON_OPTION,
};
type Asked = ValuesOf<typeof OPTIONS>;

/** What is to be carried out, read and found fit. */
interface Ready {
  readonly plan: SavedPlan;
  readonly before: Assembly;
  readonly after: Assembly;
  readonly folder: string;
}

/**
 * With `--dry-run` it needs neither network nor AWS. Exits 0, or 3 where the plan is not of the two assemblies, one of them is
 * not what its register makes, or something given is faulty.
 */
export const rollout = command({
  name: 'rollout',
  words: {
    plan: word('a plan that was saved with npx concordat plan --out'),
    before: word('the assembly that is deployed, a folder'),
    after: optionalWord(`the assembly that is to be deployed; ${USUAL.assembly} if not given`),
  },
  options: OPTIONS,
  example: 'npx concordat rollout plan.json last-deployed --dry-run',
  run: (values, terminal) => {
    const tempo = tempoOf(values);
    if (!values['dry-run'])
      throw new UsageError('--dry-run is missing: rollout prints its waves and its calls, and makes none');
    const ready = readyOf(values, terminal);
    if (ready === undefined) return EXIT.faultyInput;
    const { plan, before, after, folder } = ready;
    const steps = stepsOf(fleetOf(plan, before, after), cautionOf(values, after));
    const told: DryRun = { steps, tempo, after, changeSet: changeSetName(plan), folder };
    terminal.out(values.json ? dryRunJson(told) : dryRunText(told));
    return EXIT.clean;
  },
});

/** What is to be carried out; undefined where it is not to be, which is said. */
function readyOf(
  { plan: file, before, after }: { plan: string; before: string; after: string | undefined },
  terminal: Terminal,
): Ready | undefined {
  const folder = after ?? placesOf(terminal).assembly;
  try {
    const plan = readPlanFile(file, terminal);
    const open = (path: string) => openAssembly(resolve(terminal.cwd, path));
    const pair = { before: open(before), after: open(folder) };
    const { against, told } = rolloutFitness(plan, pair, { before, after: folder });
    for (const each of told) terminal.err(`note: ${each}\n`);
    if (against.length === 0) return { plan, ...pair, folder };
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

/** The name of each change set of a plan: by it, a later run knows its own. */
function changeSetName(plan: SavedPlan): string {
  return `concordat-${createHash('sha256').update(savedPlanText(plan)).digest('hex').slice(0, 16)}`;
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
