/** What is measured, and against what. */
import { join } from 'node:path';
import { AS_OF } from './generate-register';
import type { Program } from './run';

/** The folders and files of one register, all below one folder. */
export interface Place {
  readonly register: string;
  /** The assembly that is synthesised from it. */
  readonly assembly: string;
  /** The shape of that assembly, and the bare app’s assembly of that shape. */
  readonly shape: string;
  readonly bareAssembly: string;
  /** Where each measured process says what it used. */
  readonly usage: string;
}

/** The place of one register. */
export function placeIn(folder: string): Place {
  return {
    register: join(folder, 'register'),
    assembly: join(folder, 'cdk.out'),
    shape: join(folder, 'shape.json'),
    bareAssembly: join(folder, 'bare.out'),
    usage: join(folder, 'usage.json'),
  };
}

/** A name by which a measure is chosen. */
export type MeasureName = 'yaml' | 'check' | 'bare' | 'synth' | 'packs' | 'all' | 'read' | 'prove';

/** One thing that is measured. */
export interface Measure {
  readonly label: string;
  /** What it is compared with. */
  readonly against?: MeasureName;
  readonly program: (place: Place) => Program;
}

/** Everything that is measured, in the order in which each round runs it. */
export const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  yaml: {
    label: 'parse the YAML alone',
    program: ({ register }) => script('yaml-only.ts', register),
  },
  check: {
    label: 'check',
    against: 'yaml',
    program: ({ register }) => command('check', '--register', register),
  },
  bare: {
    label: 'bare CDK app',
    program: ({ shape, bareAssembly }) => script('bare-app.ts', shape, bareAssembly),
  },
  synth: {
    label: 'synth alone',
    against: 'bare',
    program: ({ register, assembly }) => script('synth-only.ts', register, assembly),
  },
  packs: {
    label: 'synth, both packs',
    against: 'bare',
    program: ({ register, assembly }) => command('synth', '--register', register, '--output', assembly),
  },
  all: {
    label: 'synth, packs and validation',
    against: 'bare',
    program: (place) => ({ ...MEASURES.packs.program(place), validation: true }),
  },
  // The assembly is there: the measures above have made it.
  read: {
    label: 'parse the assembly alone',
    program: ({ assembly }) => script('json-only.ts', assembly),
  },
  prove: {
    label: 'prove',
    against: 'read',
    program: ({ assembly }) => ({ args: ['bin/concordat.js', 'prove', '--assembly', assembly] }),
  },
};

/** Takes the shape of an assembly, for the bare app. */
export function takeShape({ assembly, shape }: Place): Program {
  return script('assembly-shape.ts', assembly, shape);
}

/** A command of this project. */
function command(name: string, ...args: readonly string[]): Program {
  return { args: ['bin/concordat.js', name, ...args, '--as-of', AS_OF] };
}

/** A script of this folder, with the loader that the command line uses. */
function script(name: string, ...args: readonly string[]): Program {
  return { args: ['--require', 'tsx/cjs', `test/bench/${name}`, ...args] };
}
