/** What the CDK writes of each construct beside a template. */
import { type Assembly, jsonIn } from './assembly';
import { AssemblyError } from './errors';
import { besideTemplate } from './layout';
import { type AssemblyStack, isGroup } from './stack';

/** One note on a construct. */
export interface ConstructNote {
  /** Without a slash at the start. */
  readonly path: string;
  readonly type: string;
  readonly data: unknown;
}

/** Every note on the constructs of a stack, in the order of the file. @throws AssemblyError if it cannot be read */
export function notesOf(assembly: Assembly, { file }: Pick<AssemblyStack, 'file'>): ConstructNote[] {
  const name = besideTemplate(file, 'metadata');
  const written = jsonIn(assembly, name) ?? {};
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
): Map<string, string> {
  return new Map(
    notesOf(assembly, stack)
      .filter(({ type }) => type === 'aws:cdk:logicalId')
      .map(({ data, path }) => [String(data), path] as const),
  );
}
