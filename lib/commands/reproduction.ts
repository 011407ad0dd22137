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
} from '../assembly';
import { type Loaded, loadCarried, type Register } from '../register';
import { dateOf } from '../register/calendar';
import type { Validator } from '../stacks/validator';
import { thisProgram } from '../start/program';
import { ORIGIN_FILE, type ProgramIdentity, REGISTER_FILE } from '../wire';
import { assembled, inPassing, type Sources, synthesised } from './assemble';

/** What came of it. */
export interface Reproduction {
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** The program that made the assembly, by its own word; absent in one from before it was written down. */
  readonly madeBy: ProgramIdentity | undefined;
  readonly thisProgram: ProgramIdentity;
  /** Whether the two are the same program with the same packages. */
  readonly sameProgram: boolean;
  /** How many files were compared. */
  readonly files: number;
  readonly differences: readonly Difference[];
}

/**
 * Makes an assembly again with every check, in a folder that goes again, and compares every file of it byte for byte. What the
 * assembly says of the program that made it is not part of the comparison: that program is this one, or is named.
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
    return {
      asOf,
      madeBy: program,
      thisProgram: here,
      sameProgram: program?.files === here.files && program.lockfile === here.lockfile,
      files: made.filesBelow('').length,
      differences: differencesOf(assembly, made).filter((each) => !isOfTheProgram(each)),
    };
  });
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

/** Which program made it is told apart. */
function isOfTheProgram(each: Difference): boolean {
  return each.kind === 'value' && each.file === ORIGIN_FILE && each.path[0] === 'program';
}
