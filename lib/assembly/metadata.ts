/**
 * What the CDK writes of each construct beside a template. Each file is looked through once: of what it holds, paths and
 * acknowledgements are kept, and whatever the CDK would act on when it deploys.
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/lib/cloud-assembly/metadata-schema.ts
 */
import type { Assembly } from './assembly';
import { AssemblyError } from './errors';
import { besideTemplate } from './layout';
import { foundIn } from './parsed-files';
import { SharedTexts } from './shared-texts';
import { type AssemblyStack, isGroup } from './stack';

/** A type of note by which an acknowledged finding is recorded on the construct that it is about. */
export const ACKNOWLEDGEMENT_NOTE = 'concordat:acknowledgement';
const LOGICAL_ID = 'aws:cdk:logicalId';
/**
 * Types of notes that are read here or that only tell people something. Of the others, `aws:cdk:asset` has the CDK upload a file
 * of its choice, or build an image by a program, before it deploys.
 */
const TELLING = new Set([
  ACKNOWLEDGEMENT_NOTE,
  LOGICAL_ID,
  'aws:cdk:acknowledged-rules',
  'aws:cdk:creationStack',
  'aws:cdk:error',
  'aws:cdk:info',
  'aws:cdk:propertyAssignment',
  'aws:cdk:templateFile',
  'aws:cdk:warning',
]);

/** An acknowledgement, as it is recorded. */
interface AcknowledgementNote {
  /** Of the construct, without a slash at the start. */
  readonly path: string;
  readonly data: unknown;
}

interface Notes {
  /** Construct paths by logical id. */
  readonly paths: ReadonlyMap<string, string>;
  readonly acknowledgements: readonly AcknowledgementNote[];
  /** Types of notes that are not judged, each with its construct. */
  readonly others: readonly { readonly path: string; readonly type: string }[];
}

/** The acknowledgements on constructs of a stack, in the order of the file. @throws AssemblyError if it cannot be read */
export function acknowledgementNotesOf(
  assembly: Assembly,
  stack: Pick<AssemblyStack, 'file'>,
): readonly AcknowledgementNote[] {
  return notesOf(assembly, stack)?.acknowledgements ?? [];
}

/** Construct paths by logical id. @throws AssemblyError as above */
export function constructPathsOf(
  assembly: Assembly,
  stack: Pick<AssemblyStack, 'file'>,
): ReadonlyMap<string, string> {
  return notesOf(assembly, stack)?.paths ?? new Map();
}

/**
 * Notes on which the CDK could act, each with its place and what to do. During a synth there are none to read: the CDK writes
 * them last, of the constructs of this program.
 * @throws AssemblyError as above
 */
export function unclaimedNotes(assembly: Assembly, stack: Pick<AssemblyStack, 'file'>): string[] {
  if (assembly.underWay) return [];
  const file = besideTemplate(stack.file, 'metadata');
  return (notesOf(assembly, stack)?.others ?? []).map(
    ({ path, type }) =>
      `${file}: ${path} has a note of type ${type}, on which the CDK may act when it deploys and which is not judged: take it out`,
  );
}

function notesOf(assembly: Assembly, { file }: Pick<AssemblyStack, 'file'>): Notes | undefined {
  const name = besideTemplate(file, 'metadata');
  return foundIn(assembly, name, (written) => notesIn(written, `${name} in ${assembly.folder}`));
}

function notesIn(written: unknown, what: string): Notes {
  const faulty = () =>
    new AssemblyError(`${what} is not as the CDK writes it: synthesise the assembly again`);
  if (!isGroup(written)) throw faulty();
  const texts = new SharedTexts();
  const paths = new Map<string, string>();
  const acknowledgements: AcknowledgementNote[] = [];
  const others: { path: string; type: string }[] = [];
  for (const [key, notes] of Object.entries(written)) {
    if (!Array.isArray(notes)) throw faulty();
    const path = key.replace(/^\//, '');
    for (const note of notes as unknown[]) {
      if (!isGroup(note) || typeof note.type !== 'string') throw faulty();
      const { type, data } = note;
      if (type === LOGICAL_ID) paths.set(String(data), path);
      if (type === ACKNOWLEDGEMENT_NOTE) acknowledgements.push({ path, data: texts.in(data) });
      if (!TELLING.has(type)) others.push({ path, type });
    }
  }
  return { paths, acknowledgements, others };
}
