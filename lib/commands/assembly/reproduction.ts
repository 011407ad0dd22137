/** Makes an assembly again from the register that it carries, and compares the two. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Assembly,
  AssemblyError,
  type Difference,
  differencesOf,
  liveOutcomesOf,
  provenanceOf,
  REPORT_FILE,
} from '../../assembly';
import { type Loaded, loadCarried, type Register } from '../../register';
import { dateOf } from '../../register/calendar';
import type { Validator } from '../../stacks/validator';
import { thisProgram } from '../../start/program';
import { LIVE_OUTCOMES_FILE, ORIGIN_FILE, originFile, type ProgramIdentity, REGISTER_FILE } from '../../wire';
import { assembled, inPassing, type Sources, synthesised } from './assemble';

/** What came of it. */
export interface Reproduction {
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** The program that made the assembly, by its own word; absent in one from before it was written down. */
  readonly madeBy: ProgramIdentity | undefined;
  readonly thisProgram: ProgramIdentity;
  /** Whether the two are the same program with the same packages, by the digests of both. */
  readonly sameProgram: boolean;
  /** SHA-256, in hex, of what it was made from, and so is taken as it stands: the register, and what live tests came to. */
  readonly madeFrom: { readonly register: string; readonly outcomes: string | undefined };
  /** How many files were compared. */
  readonly files: number;
  readonly differences: readonly Difference[];
}

/**
 * Makes an assembly again with every check, in a folder that goes again, and compares every file of it byte for byte. What the
 * assembly says of the program that made it is not part of the comparison where that is another, which is named. Where it is this
 * one, by its digests, the version is; the commit is not, since many commits have the same program, and is named as well.
 * @param validator judges the templates, as in a synth
 * @throws AssemblyError if the assembly cannot be read, or carries no register that can be
 */
export function reproductionOf(assembly: Assembly, validator: Validator | undefined): Reproduction {
  return against(assembly, (outdir, sources) => synthesised(outdir, sources, validator).assembly);
}

/**
 * The same without the checks, which take longest: their report is not compared.
 * @throws AssemblyError as above
 */
export function reproductionWithoutChecks(assembly: Assembly): Reproduction {
  const found = against(assembly, assembled);
  return { ...found, differences: found.differences.filter(({ file }) => file !== REPORT_FILE) };
}

/** @param make makes an assembly in a folder */
function against(assembly: Assembly, make: (outdir: string, sources: Sources) => Assembly): Reproduction {
  const { asOf, register: content, lines = {}, program } = provenanceOf(assembly);
  const day = dateOf(asOf);
  const register = registerIn(assembly, () => loadCarried(content, lines, day));
  const outcomes = liveOutcomesOf(assembly);
  return inPassing((folder) => {
    const outdir = join(folder, 'again');
    mkdirSync(outdir);
    const made = make(outdir, { register, asOf: day, outcomes });
    const here = thisProgram();
    const sameProgram = program?.files === here.files && program.lockfile === here.lockfile;
    return {
      asOf,
      madeBy: program,
      thisProgram: here,
      sameProgram,
      madeFrom: {
        register: assembly.digest(REGISTER_FILE).sha256,
        outcomes: assembly.names().includes(LIVE_OUTCOMES_FILE)
          ? assembly.digest(LIVE_OUTCOMES_FILE).sha256
          : undefined,
      },
      files: made.filesBelow('').length,
      differences: besideTheProgram(differencesOf(assembly, made), assembly, made, sameProgram),
    };
  });
}

/** All differences but that another program made it, or this one at another commit. */
function besideTheProgram(
  all: readonly Difference[],
  here: Assembly,
  made: Assembly,
  sameProgram: boolean,
): Difference[] {
  const isOfTheProgram = (each: Difference) =>
    each.kind === 'value' &&
    each.file === ORIGIN_FILE &&
    each.path[0] === 'program' &&
    !(sameProgram && each.path[1] === 'version');
  const left = all.filter((each) => !isOfTheProgram(each));
  const isTold = left.length === all.length || left.some(({ file }) => file === ORIGIN_FILE);
  return isTold || here.file(ORIGIN_FILE) === originText(made, here)
    ? left
    : [...left, { kind: 'written-otherwise', file: ORIGIN_FILE }];
}

/** What a synth writes of the making of one assembly, had the program been that of the other. */
function originText(made: Assembly, { origin }: Assembly): string {
  const { asOf, registerDigest, lines } = provenanceOf(made);
  return originFile({ asOf, registerDigest, lines, program: origin?.program });
}

/** @throws AssemblyError with every fault of a register that this program would have refused */
function registerIn({ folder }: Assembly, load: () => Loaded): Register {
  const loaded = load();
  if (loaded.ok) return loaded.register;
  const faults = loaded.diagnostics.map(({ place, message }) => `  ${place.file}: ${message}`);
  throw new AssemblyError(
    `${REGISTER_FILE} in ${folder} is a register that no synth would take: synthesise the assembly again\n${faults.join('\n')}`,
  );
}
