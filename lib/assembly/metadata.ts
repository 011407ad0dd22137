/** What the CDK writes of each construct beside a template. */
import type { Assembly } from './assembly';
import { AssemblyError } from './errors';
import { besideTemplate } from './layout';
import { jsonOnceIn } from './parsed-files';
import { type AssemblyStack, isGroup } from './stack';

/** One note on a construct. */
export interface ConstructNote {
  /** Without a slash at the start. */
  readonly path: string;
  readonly type: string;
  readonly data: unknown;
}

const known = new WeakMap<Assembly['file'], Map<string, ReadonlyMap<string, string>>>();

/**
 * Every note on the constructs of a stack, in the order of the file. Of what is read only the paths are kept: all of it would take
 * as much memory as the templates.
 * @throws AssemblyError if it cannot be read
 */
export function notesOf(assembly: Assembly, { file }: Pick<AssemblyStack, 'file'>): ConstructNote[] {
  const notes = notesIn(assembly, besideTemplate(file, 'metadata'));
  const paths = notes.flatMap(({ type, data, path }) =>
    type === 'aws:cdk:logicalId' ? [[String(data), path] as const] : [],
  );
  const all = known.get(assembly.file) ?? new Map<string, ReadonlyMap<string, string>>();
  known.set(assembly.file, all.set(file, new Map(paths)));
  return notes;
}

function notesIn(assembly: Assembly, name: string): ConstructNote[] {
  const written = jsonOnceIn(assembly, name) ?? {};
  const faulty = () =>
    new AssemblyError(
      `${name} in ${assembly.folder} is not as the CDK writes it: synthesise the assembly again`,
    );
  if (!isGroup(written)) throw faulty();
  return Object.entries(written).flatMap(([path, notes]) => {
    if (!Array.isArray(notes)) throw faulty();
    return notes.map((note: unknown): ConstructNote => {
      if (!isGroup(note) || typeof note.type !== 'string') throw faulty();
      return { path: path.replace(/^\//, ''), type: note.type, data: note.data };
    });
  });
}

/** Construct paths by logical id. @throws AssemblyError as above */
export function constructPathsOf(
  assembly: Assembly,
  stack: Pick<AssemblyStack, 'file'>,
): ReadonlyMap<string, string> {
  const pathsOf = () => known.get(assembly.file)?.get(stack.file);
  if (pathsOf() === undefined) notesOf(assembly, stack);
  return pathsOf() ?? new Map();
}
