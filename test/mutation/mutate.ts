/**
 * `npm run mutate`: changes everything that the sample assembly holds, one thing at a time (policies, settings, resources,
 * templates, the manifest, code), and says of each change which command finds it, or why it makes no difference.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Assembly, AssemblyError, openAssembly } from '../../lib/assembly';
import { EXIT, type ExitCode, processTerminal, type Terminal } from '../../lib/commands/terminal';
import { Random } from '../bench/random';
import { AS_OF, registerOf } from '../policy/sample-register';
import { likenessIn } from './alike';
import { type Done, shareOut, type Task, workerFor } from './crew';
import { type AnyMutant, aboutOf, everyMutantOf, judgeFor } from './every-mutant';
import type { Oracle } from './judge';
import { dataOf, type Judged, reportOf } from './tally';

const USAGE = `npm run mutate -- [--draw N] [--seed SEED] [--part K/N] [--full-agrees N] [--not-asked] [--assembly DIR] [--jobs N] [--json]

  --draw N         draw N mutants; all if not given
  --seed SEED      what is drawn follows from this: up to 8 hexadecimal digits; chosen anew and printed if not given
  --part K/N       the Kth of N parts of all mutants, before any are drawn: all parts together are all mutants
  --full-agrees N  draw N of the mutants, and check that the commands, asked in full, find those that are killed, and no other
  --not-asked      count and list all that are not asked: judge those alone that might be, and of those that differ in names one
  --assembly DIR   the cloud assembly; the sample, synthesised anew, if not given
  --jobs N         processes to use; one for each core if not given
  --json           write counts and survivors as JSON

Exit code 1: a mutant survived, or the commands asked in full disagree.
`;

class UsageError extends Error {}

interface Options {
  readonly draw: number | undefined;
  readonly seed: string;
  readonly fullAgrees: number;
  readonly part: readonly [which: number, of: number];
  readonly notAsked: boolean;
  readonly assembly: string | undefined;
  readonly jobs: number;
  readonly json: boolean;
}

/**
 * Runs the command. Nothing is thrown.
 * @param oracle in the proof’s place, for a test; all work is then done in this process
 */
export async function mutate(
  argv: readonly string[],
  terminal: Pick<Terminal, 'out' | 'err'>,
  oracle?: Oracle,
): Promise<ExitCode> {
  let made: string | undefined;
  try {
    if (argv.includes('--help')) {
      terminal.out(USAGE);
      return EXIT.clean;
    }
    const options = optionsIn(argv);
    if (options.assembly === undefined) {
      terminal.err('synthesising the sample\n');
      made = mkdtempSync(join(tmpdir(), 'concordat-mutate-'));
      // Loads the CDK, which an assembly that is there does not need.
      const { makeAssembly } = require('../stacks/make-assembly') as typeof import('../stacks/make-assembly');
      makeAssembly(made, registerOf(), AS_OF, false);
    }
    return await runOver(options.assembly ?? made ?? '', options, terminal, oracle);
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    terminal.err(`${error instanceof UsageError ? 'error' : 'fault'}: ${message}\n`);
    if (error instanceof UsageError) terminal.err('See npm run mutate -- --help\n');
    return error instanceof UsageError
      ? EXIT.usage
      : error instanceof AssemblyError
        ? EXIT.faultyInput
        : EXIT.internal;
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  }
}

/** A whole proof takes seconds; where so many survive, it is clear enough that something is amiss. */
const MOST_ASKED_IN_FULL = 50;
const IN_FULL = 'the commands, asked in full';

async function runOver(
  folder: string,
  { draw, seed, part, fullAgrees, notAsked, jobs, json }: Options,
  terminal: Pick<Terminal, 'out' | 'err'>,
  oracle: Oracle | undefined,
): Promise<ExitCode> {
  const source = openAssembly(folder);
  const mutants = everyMutantOf(source);
  const [which, of] = part;
  const bound = (n: number) => Math.floor((n * mutants.length) / of);
  const ofPart = mutants.map((_, number) => number).slice(bound(which - 1), bound(which));
  const alike = notAsked ? likeThatCouldBeNotAsked(source, mutants, ofPart, oracle) : undefined;
  const all = alike === undefined ? ofPart : [...alike.keys()];
  const numbers = draw === undefined ? all : drawn(all, draw, seed);
  terminal.err(`${numbers.length} of ${mutants.length} mutants, seed ${seed}\n`);
  const alone = oracle !== undefined || jobs === 1 ? workerFor(source, mutants, oracle) : undefined;
  const work = async (task: Task, tell: (done: Done) => void) => {
    if (alone !== undefined) alone(task, tell);
    else await shareOut(folder, jobs, task, tell);
  };

  const outcomes = new Map<number, Judged>();
  const progress = progressOf(numbers.length, terminal);
  await work({ deed: 'judge', numbers }, ({ number, outcome }) => {
    if (outcome !== undefined) outcomes.set(number, { mutant: mutants[number] as AnyMutant, outcome });
    progress(`${outcomes.size} judged`);
  });
  // The question that is known to be answered otherwise is asked first, and parts near it. What these do not find, the whole may.
  const left = numbers.filter((number) => outcomes.get(number)?.outcome.fate === 'survived');
  await work({ deed: 'prove in full', numbers: left.slice(0, MOST_ASKED_IN_FULL) }, ({ number, isFound }) => {
    const { mutant } = outcomes.get(number) as Judged;
    if (isFound) outcomes.set(number, { mutant, outcome: { fate: 'killed', by: IN_FULL } });
  });
  const judged = numbers.flatMap((number) => {
    const of = outcomes.get(number);
    const like = alike?.get(number) ?? [number];
    return of === undefined
      ? []
      : like.map((each): Judged => ({ ...of, mutant: mutants[each] as AnyMutant }));
  });

  const disagreements: string[] = [];
  const checked = drawn(numbers, fullAgrees, seed);
  const checks = progressOf(checked.length, terminal);
  await work({ deed: 'prove in full', numbers: checked }, ({ number, isFound }) => {
    const { mutant, outcome } = outcomes.get(number) as Judged;
    checks('proven in full');
    if ((outcome.fate === 'killed') !== isFound)
      disagreements.push(
        `${aboutOf(mutant).place} ${mutant.how}: ${outcome.fate}, and the commands, asked in full, ${isFound ? 'find it' : 'do not find it'}`,
      );
  });

  if (json)
    terminal.out(
      `${JSON.stringify({ seed, ...dataOf(judged), checkedInFull: checked.length, disagreements }, null, 2)}\n`,
    );
  else {
    terminal.out(`${judged.length} of ${mutants.length} mutants, seed ${seed}\n\n${reportOf(judged)}`);
    if (checked.length > 0)
      terminal.out(
        `\nThe commands, asked in full, agree on ${checked.length - disagreements.length} of ${checked.length} drawn mutants.\n${disagreements.map((each) => `  ${each}\n`).join('')}`,
      );
  }
  const survived = judged.some(({ outcome }) => outcome.fate === 'survived');
  return survived || disagreements.length > 0 ? EXIT.findings : EXIT.clean;
}

/** Those that might be not asked, each with all that differ from it in names alone. The rest cannot be: see `couldBeNotAsked`. */
function likeThatCouldBeNotAsked(
  source: Assembly,
  mutants: readonly AnyMutant[],
  numbers: readonly number[],
  oracle: Oracle | undefined,
): Map<number, readonly number[]> {
  const { couldBeNotAsked, differsWhereNobodyAsks } = judgeFor(source, oracle);
  const likeness = likenessIn(source);
  const groups = new Map<string, number[]>();
  for (const number of numbers) {
    const mutant = mutants[number] as AnyMutant;
    if (!couldBeNotAsked(mutant)) continue;
    const text = likeness(mutant, number);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [number]);
    else group.push(number);
  }
  const left = [...groups.values()].filter(([first = 0]) =>
    differsWhereNobodyAsks(mutants[first] as AnyMutant),
  );
  return new Map(left.map((group) => [group[0] ?? 0, group]));
}

/** So many of some mutants, by their numbers; in order, so that one process judges the mutants of one policy together. */
export function drawn(numbers: readonly number[], count: number, seed: string): number[] {
  return new Random(Number.parseInt(seed, 16)).some(numbers, count).sort((a, b) => a - b);
}

/** Tells of every twentieth part that is done. */
function progressOf(total: number, { err }: Pick<Terminal, 'err'>): (words: string) => void {
  let done = 0;
  let told = 0;
  return (words) => {
    done++;
    const part = Math.floor((20 * done) / total);
    if (part === told) return;
    told = part;
    err(`${part * 5}%: ${words}\n`);
  };
}

function optionsIn(argv: readonly string[]): Options {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        draw: { type: 'string' },
        seed: { type: 'string' },
        part: { type: 'string' },
        'full-agrees': { type: 'string' },
        'not-asked': { type: 'boolean' },
        assembly: { type: 'string' },
        jobs: { type: 'string' },
        json: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const whole = (name: string): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (!/^[1-9]\d{0,6}$/.test(String(text)))
      throw new UsageError(`--${name} takes a whole number from 1: ${text}`);
    return Number(text);
  };
  const seed = values.seed ?? randomBytes(4).toString('hex');
  if (!/^[0-9a-f]{1,8}$/i.test(String(seed)))
    throw new UsageError(`--seed takes up to 8 hexadecimal digits, such as 1e10dead: ${seed}`);
  return {
    draw: whole('draw'),
    seed: String(seed),
    part: partIn(values.part),
    fullAgrees: whole('full-agrees') ?? 0,
    notAsked: values['not-asked'] === true,
    assembly: values.assembly === undefined ? undefined : resolve(String(values.assembly)),
    jobs: whole('jobs') ?? availableParallelism(),
    json: values.json === true,
  };
}

/** The first of one part is all of it. */
function partIn(text: string | boolean | undefined): [which: number, of: number] {
  if (text === undefined) return [1, 1];
  const [, which, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(String(text))?.map(Number) ?? [];
  if (which === undefined || of === undefined || which > of)
    throw new UsageError(`--part takes two whole numbers, such as 3/12: ${text}`);
  return [which, of];
}

if (require.main === module)
  void mutate(process.argv.slice(2), processTerminal()).then((code) => {
    process.exitCode = code;
  });
