/** What `concordat synth` does: the register, the assembly, the evidence pack, and the summary. */
import { accessSync, constants } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ASSEMBLY_FOLDER, type Assembly, findingsOf, liveOutcomesOf } from '../../assembly';
import { afterLinks, demandFolder, isWithin, makeWithThoseAbove, ownPlace } from '../../disk';
import { costsOf, headroomOf, objectSizes } from '../../plan';
import { assumptionTally, knownAssumptions } from '../../policy';
import { type Register, sharesOf } from '../../register';
import type { IsoDate } from '../../register/calendar';
import type { Validator } from '../../stacks/validator';
import { collectIfMuch } from '../../start/collecting';
import { limitHeapGrowthAfterSynth } from '../heap-growth';
import { orNameAnother } from '../made-folder';
import { UsageError } from '../option';
import { loadOrExplain, outcomesOrExplain, registerInput } from '../register-input';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { unwritten } from '../unwritten';
import { PACK } from '../vocabulary';
import { demandApart } from './apart';
import { synthesised } from './assemble';
import { findingsText, type Summary, summaryText } from './summary';

const ANOTHER_OUTPUT = 'with --output DIR';
const ANOTHER_PACK = `with --${PACK} DIR`;

/** What the command line says. */
interface Asked {
  readonly register: string;
  readonly 'as-of': IsoDate | undefined;
  readonly output: string;
  readonly [PACK]: string | undefined;
  readonly json: boolean;
}

/**
 * Runs it.
 * @param validator judges the templates; undefined where CDK’s validation is not wanted
 * @throws UsageError if a folder that was named is not fit for what is to go there
 */
export async function runSynth(
  values: Asked,
  validator: Validator | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const began = performance.now();
  const input = registerInput(values, terminal);
  const register = loadOrExplain(input, terminal);
  if (register === undefined) return EXIT.faultyInput;
  const outcomes = outcomesOrExplain(input, register, terminal);
  if (outcomes === undefined) return EXIT.faultyInput;
  // What was read of each file is held until the event loop has its turn: at 400 organisations 8 MB, all the while.
  await setImmediate();
  const given = values[PACK];
  if (given !== undefined)
    demandApart(
      { folder: given, option: `--${PACK}` },
      { folder: values.output, option: '--output' },
      terminal,
    );
  const outdir = await orNameAnother(values.output, ANOTHER_OUTPUT, terminal, () =>
    outputFolder(values.output, terminal),
  );
  const pack = given === undefined ? undefined : resolve(terminal.cwd, given);
  if (given !== undefined && pack !== undefined)
    await orNameAnother(given, ANOTHER_PACK, terminal, () => {
      const { demandPackFolder } = require('../../evidence') as typeof import('../../evidence');
      demandPackFolder(pack);
    });
  const { assembly, checks } = await orNameAnother(values.output, ANOTHER_OUTPUT, terminal, () =>
    synthesised(outdir, { register, asOf: input.asOf, outcomes }, validator),
  );
  const evidence =
    given === undefined || pack === undefined
      ? {}
      : {
          evidence: await orNameAnother(given, ANOTHER_PACK, terminal, () =>
            evidenceIn(pack, assembly, terminal),
          ),
        };
  const summary = { ...summarise(register, input.asOf, assembly, terminal), checks, ...evidence };
  const seconds = (performance.now() - began) / 1000;
  terminal.err(findingsText(summary.findings.open, terminal.colour));
  terminal.out(
    values.json
      ? `${JSON.stringify({ form: 'concordat-summary/v1', register: input.folder, ...summary }, null, 2)}\n`
      : summaryText({ ...summary, folder: input.folder, seconds }, terminal),
  );
  return summary.findings.open.length === 0 ? EXIT.clean : EXIT.findings;
}

/** The folder that templates go to. @throws FolderError or UsageError if it holds something else, or nothing can be written there */
function outputFolder(given: string, { cwd }: Terminal): string {
  const folder = resolve(cwd, given);
  if (isWithin(afterLinks(cwd, cwd), ownPlace(given, cwd)))
    throw new UsageError(`${given} is where you are: name a folder below it with --output DIR`);
  try {
    makeWithThoseAbove(dirname(folder));
    accessSync(dirname(folder), constants.W_OK);
  } catch (error) {
    throw unwritten(given, `folder ${ANOTHER_OUTPUT}`, error);
  }
  demandFolder(folder, ASSEMBLY_FOLDER);
  return folder;
}

/** Makes the pack and gives it in short. Loaded only where it is wanted: Graphviz takes its time. */
async function evidenceIn(
  folder: string,
  assembly: Assembly,
  { cwd }: Terminal,
): Promise<NonNullable<Summary['evidence']>> {
  const { inShort, makePack, proofOf } = require('./evidence-pack') as typeof import('./evidence-pack');
  // The CDK’s app is garbage by now, and after the proof all that was asked is.
  limitHeapGrowthAfterSynth();
  collectIfMuch();
  const proven = proofOf(assembly);
  collectIfMuch();
  const made = await makePack(assembly, folder, proven);
  return { page: relative(cwd, join(folder, 'index.html')), inShort: inShort(made) };
}

function summarise(
  register: Register,
  asOf: IsoDate,
  assembly: Assembly,
  { cwd }: Terminal,
): Omit<Summary, 'checks'> {
  const { stacks, folder } = assembly;
  const count = <T>(list: readonly T[], key: (each: T) => string) => {
    const counts: Record<string, number> = {};
    for (const each of list) counts[key(each)] = (counts[key(each)] ?? 0) + 1;
    return counts;
  };
  const members = register.organisations.filter((each) => each.membership === 'member');
  return {
    asOf,
    organisations: count(register.organisations, (each) => each.sector),
    external: register.organisations.length - members.length,
    agreements: register.agreements.length,
    shares: count(sharesOf(register, asOf), (each) => each.state),
    custody: count(members, (each) => each.custody.kind),
    stops: {
      members: members.length,
      stop: members.filter(({ mayStop }) => mayStop !== undefined).length,
      lift: members.filter(({ mayLift }) => mayLift !== undefined).length,
      zone: register.zone.mayStopAll !== undefined,
    },
    stacks: stacks.length,
    resources: stacks.reduce((sum, stack) => sum + Object.keys(stack.resources).length, 0),
    headroom: headroomOf(stacks, objectSizes(register)).fullest,
    cost: costsOf(stacks),
    assumptions: assumptionTally(
      knownAssumptions(liveOutcomesOf(assembly), { region: register.zone.region, asOf }),
    ),
    findings: findingsOf(assembly),
    output: relative(cwd, folder) || '.',
  };
}
