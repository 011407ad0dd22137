/** What is measured, and against what. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Build, ROOT } from './builds';
import { AS_OF } from './generate-register';
import type { Program } from './run';

/** The folders and files that one build uses for one register, all below one folder. */
export interface Place {
  readonly register: string;
  /** The assembly that is made from it, with every check, before anything is measured. */
  readonly assembly: string;
  /** The shape of that assembly, and files as large as those of its assets: what the bare app is given. */
  readonly shape: string;
  readonly assetSources: string;
  /** What a measured program writes: emptied before each run, so that none finds the files of the one before. */
  readonly output: string;
  /** Where each measured process says what it used. */
  readonly usage: string;
}

/** The place of one register, which may lie elsewhere since two builds read the same. */
export function placeIn(folder: string, register: string): Place {
  return {
    register,
    assembly: join(folder, 'cdk.out'),
    shape: join(folder, 'shape.json'),
    assetSources: join(folder, 'assets'),
    output: join(folder, 'output'),
    usage: join(folder, 'usage'),
  };
}

/** A name by which a measure is chosen. */
export type MeasureName =
  | 'yaml'
  | 'check'
  | 'bare'
  | 'synth'
  | 'packs'
  | 'all'
  | 'start'
  | 'read'
  | 'prove'
  | 'evidence';

/** One thing that is measured. */
export interface Measure {
  readonly label: string;
  /** What it is compared with. */
  readonly against?: MeasureName;
  /** What has to be there before: the assembly of the register, or that and its shape. */
  readonly needs?: 'assembly' | 'shape';
  /** Whether it is a baseline: the same program whichever build is measured. */
  readonly baseline?: boolean;
  readonly program: (place: Place, build: Build) => Program;
}

/** Everything that can be measured, in the order in which each round runs it. */
export const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  yaml: {
    label: 'parse the YAML alone',
    baseline: true,
    program: ({ register }) => script(ROOT, 'yaml-only.mjs', register),
  },
  check: {
    label: 'check',
    against: 'yaml',
    program: ({ register }, build) => command(build, 'check', '--register', register, '--as-of', AS_OF),
  },
  bare: {
    label: 'bare CDK app',
    baseline: true,
    needs: 'shape',
    program: ({ shape, assetSources, output }) => script(ROOT, 'bare-app.cjs', shape, assetSources, output),
  },
  synth: {
    label: 'synth alone',
    against: 'bare',
    program: ({ register, output }, { root }) => script(root, 'synth-only.cjs', register, AS_OF, output),
  },
  packs: {
    label: 'synth, both packs',
    against: 'bare',
    program: (place, build) => synthesis(place, build, place.output),
  },
  all: {
    label: 'synth, packs and validation',
    against: 'bare',
    program: (place, build) => ({ ...synthesis(place, build, place.output), validation: true }),
  },
  start: {
    label: 'npm start',
    against: 'bare',
    program: (place, build) => {
      const { root, args } = synthesis(place, build, join(place.output, 'cdk.out'));
      const pack = [`--${build.spelling.pack}`, join(place.output, 'evidence')];
      return { root, args: [...build.spelling.flags, ...args, ...pack], validation: true };
    },
  },
  read: {
    label: 'parse the assembly alone',
    baseline: true,
    needs: 'assembly',
    program: ({ assembly }) => script(ROOT, 'json-only.mjs', assembly),
  },
  prove: {
    label: 'prove',
    against: 'read',
    needs: 'assembly',
    program: ({ assembly }, build) => command(build, 'prove', '--assembly', assembly),
  },
  evidence: {
    label: 'evidence',
    against: 'read',
    needs: 'assembly',
    program: ({ assembly, output }, build) =>
      command(build, 'evidence', '--assembly', assembly, `--${build.spelling.evidenceOutput}`, output),
  },
};

/** The names of all measures, in the order in which they are run. */
export const MEASURE_NAMES = Object.keys(MEASURES).filter(isMeasure);

/** Whether a word names a measure. */
export function isMeasure(word: string): word is MeasureName {
  return Object.hasOwn(MEASURES, word);
}

/** Makes the assembly of a register, with every check but CDK’s validation: what `prove` and `evidence` read. */
export function makeAssembly(place: Place, build: Build): Program {
  return synthesis(place, build, place.assembly);
}

/** Takes the shape of an assembly, for the bare app. */
export function takeShape({ assembly, shape, assetSources }: Place): Program {
  return script(ROOT, 'assembly-shape.ts', assembly, shape, assetSources);
}

function synthesis({ register }: Place, build: Build, output: string): Program {
  return command(build, 'synth', '--register', register, '--output', output, '--as-of', AS_OF);
}

/** A command of a build. */
function command({ root, spelling }: Build, name: string, ...args: readonly string[]): Program {
  return { root, args: [spelling.entry, name, ...args] };
}

/**
 * A script of this folder, as a build has it. One in TypeScript is loaded by tsx, which takes some hundredths of a second and makes all
 * that it loads a little slower; so what is measured is in JavaScript, as commands are transpiled already.
 * @throws Error if the build is older than the script
 */
function script(root: string, name: string, ...args: readonly string[]): Program {
  const file = `test/bench/${name}`;
  if (!existsSync(join(root, file))) throw new Error(`the commit has no ${file}: compare with a later one`);
  return { root, args: [...(name.endsWith('.ts') ? ['--require', 'tsx/cjs'] : []), file, ...args] };
}
