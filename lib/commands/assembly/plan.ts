/** `concordat plan`: what changes from one assembly to another, and whether anybody may do more by it. */
import { resolve } from 'node:path';
import { type Assembly, AssemblyError, openAssembly, provenanceOf } from '../../assembly';
import { departuresFrom, planOf, savedPlanOf, sectionsOf, sideOf, wideningsIn } from '../../plan';
import { WireError } from '../../wire';
import { plainText } from '../../words';
import { command } from '../command';
import { optionalWord, text, toggle, UsageError, word } from '../option';
import { assemblyFlag, placesOf, synthAgain, USUAL } from '../places';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { formatOf, formats } from '../vocabulary';
import { departuresJson, departuresText } from './plan-departures';
import { checkPlanFile, readPlanFile, writePlanFile } from './plan-file';
import { type Unfit, unfitness } from './plan-fitness';
import { type PlanReport, planJson, planMarkdown, planText } from './plan-report';

const FORMATS = { text: planText, md: planMarkdown, json: planJson } as const;

/**
 * Needs neither network nor AWS. Exits 0 where access does not widen or that is approved, 1 where it does or something could not
 * be judged, 3 where one of the assemblies is faulty. With `--saved`: 0 where the plan is of the two, 1 where not.
 */
export const plan = command({
  name: 'plan',
  words: {
    before: word('the assembly that is deployed, a folder'),
    after: optionalWord(`the assembly that is to be deployed; ${USUAL.assembly} if not given`),
  },
  options: {
    ...formats(['text', 'md', 'json']),
    'approve-widening': toggle('end with 0 though access widens, and say so'),
    although: text('WHY', 'plan though AFTER is not fit to be deployed, and say why that is all right'),
    out: text('FILE', 'save the plan there, bound to both assemblies, once nothing is left to approve'),
    saved: text('FILE', 'make no plan: say whether the one saved there is of these two assemblies still'),
  },
  example: 'npx concordat plan last-deployed --format md',
  run: (values, terminal) => {
    const write = FORMATS[formatOf(values)];
    const { before: beforeFolder, after: afterFolder = placesOf(terminal).assembly, out, saved } = values;
    if (out !== undefined && saved !== undefined)
      throw new UsageError('--out saves a plan, and --saved makes none: give one of them');
    if (out !== undefined) checkPlanFile(out, [beforeFolder, afterFolder], terminal);
    const read = (which: string, folder: string) =>
      orExplain(which, terminal, () => openAssembly(resolve(terminal.cwd, folder)));
    // Both are read before either is proven: what is missing is said at once.
    const sources = { before: read('BEFORE', beforeFolder), after: read('AFTER', afterFolder) };
    if (sources.before === undefined || sources.after === undefined) return EXIT.faultyInput;
    if (saved !== undefined)
      return stillOf(
        saved,
        { before: sources.before, after: sources.after },
        formatOf(values) === 'json',
        terminal,
      );
    const unfit = unfitnessOf(sources.before, sources.after, afterFolder, terminal);
    if (unfit === undefined || refused(unfit, values.although, terminal)) return EXIT.faultyInput;
    const prove = (which: string, source: Assembly) => orExplain(which, terminal, () => sideOf(source));
    const before = prove('BEFORE', sources.before);
    const after = before && prove('AFTER', sources.after);
    if (before === undefined || after === undefined) return EXIT.faultyInput;
    const found = orExplain('AFTER', terminal, () => planOf(before, after));
    if (found === undefined) return EXIT.faultyInput;
    const sections = sectionsOf(found);
    const report: PlanReport = {
      plan: found,
      sections,
      widenings: wideningsIn(sections),
      folders: { before: beforeFolder, after: afterFolder },
      approved: values['approve-widening'],
      unfit,
      although: values.although,
    };
    terminal.out(write(report, terminal.colour));
    const code = conclude(report, terminal);
    if (out !== undefined)
      save(out, report, { before: sources.before, after: sources.after }, code, terminal);
    return code;
  },
});

/** Why the later assembly is not to be deployed; undefined where one of the two could not be read, which is said. */
function unfitnessOf(
  before: Assembly,
  after: Assembly,
  folder: string,
  terminal: Terminal,
): readonly Unfit[] | undefined {
  // An assembly without a register is neither’s fault until both were looked at.
  const read = orExplain('BEFORE', terminal, () => provenanceOf(before));
  return (
    read && orExplain('AFTER', terminal, () => unfitness(before, after, folder, synthAgain(folder, terminal)))
  );
}

/** Whether there is no plan: the assembly is unfit and nobody says why it is to be planned with all the same. */
function refused(unfit: readonly Unfit[], although: string | undefined, { err }: Terminal): boolean {
  if (unfit.length === 0 || although !== undefined) return false;
  err(
    `error: AFTER is not fit to be deployed:\n${unfit.map((each) => `- ${each}\n`).join('')}Synthesise it again; or say with --although 'WHY' why that is all right, and the plan says so too.\n`,
  );
  return true;
}

/** What the work gives, or undefined where the assembly is faulty, which is said. */
function orExplain<T>(which: string, { err }: Terminal, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof WireError) err(`error: ${error.problems.join('\nerror: ')}\n`);
    else if (error instanceof AssemblyError) err(`error: ${which}: ${error.message}\n`);
    else throw error;
    return undefined;
  }
}

function conclude(
  { plan: { notJudged }, folders, widenings, approved }: PlanReport,
  terminal: Terminal,
): ExitCode {
  const { err } = terminal;
  if (notJudged.length > 0) {
    err(
      `\nNo approval covers what could not be judged: see npx concordat prove${assemblyFlag(folders.after, terminal)}.\n`,
    );
    return EXIT.findings;
  }
  if (widenings.length === 0 || approved) return EXIT.clean;
  err('\nOnce it is reviewed, approve it with --approve-widening.\n');
  return EXIT.findings;
}

interface Pair {
  readonly before: Assembly;
  readonly after: Assembly;
}

/** What is not approved, or could not be judged, is not saved: nobody is to deploy by it. */
function save(file: string, report: PlanReport, pair: Pair, code: ExitCode, terminal: Terminal): void {
  if (code !== EXIT.clean) {
    terminal.err(`\n${file} is not written: only a plan that may be carried out is saved.\n`);
    return;
  }
  const { plan: found, widenings, approved, unfit, although } = report;
  const told = widenings.map(({ sentence }) => plainText(sentence));
  writePlanFile(file, savedPlanOf(found, pair, { widenings: told, approved, unfit, although }), terminal);
  terminal.err(`\nSaved in ${file}, bound to every file of both assemblies.\n`);
}

/** Says whether a saved plan is of these two. */
function stillOf(file: string, pair: Pair, json: boolean, terminal: Terminal): ExitCode {
  const found = orExplain('the plan', terminal, () => {
    const saved = readPlanFile(file, terminal);
    return { file, saved, departures: departuresFrom(saved, pair) };
  });
  if (found === undefined) return EXIT.faultyInput;
  terminal.out(json ? departuresJson(found) : departuresText(found));
  return found.departures.length === 0 ? EXIT.clean : EXIT.findings;
}
