/** What files of an assembly hold: each parsed once, and passed on to a copy in which the file is the same. */
import { AssemblyError } from './errors';
import { jsonFor } from './json-text';
import { SharedTexts } from './shared-texts';
import { isGroup, isTemplate, type Template } from './stack';

/** As much of an assembly as it takes to read a file of it. */
export interface Readable {
  /** The folder, for messages. */
  readonly folder: string;
  /** The text of a file, if there is one. @throws AssemblyError if it is there and cannot be read */
  readonly file: (name: string) => string | undefined;
}

/** What was parsed is known by the function that reads: an assembly’s is one and the same for as long as its files are. */
type Read = Readable['file'];

const parsedFiles = new WeakMap<Read, Map<string, unknown>>();
/** What was found in files of which nothing else is kept, by the name of the file. */
const found = new WeakMap<Read, Map<string, unknown>>();
/** While an assembly is opened and its templates are parsed. */
const sharedTexts = new WeakMap<Read, SharedTexts>();

/** Has `to` know what was parsed of the files of `from`, but for those that are not the same there. */
export function passParsedOn(from: Read, to: Read, isAnother: (name: string) => boolean): void {
  for (const all of [parsedFiles, found])
    all.set(to, new Map([...(all.get(from) ?? [])].filter(([name]) => !isAnother(name))));
}

/** Has equal texts of all that is parsed meanwhile be one. */
export function whileSharingTexts<T>(file: Read, work: () => T): T {
  sharedTexts.set(file, new SharedTexts());
  const result = work();
  sharedTexts.delete(file);
  return result;
}

/**
 * What a file of an assembly holds, parsed once; undefined if there is no such file.
 * @throws AssemblyError if it is not JSON, or cannot be read
 */
export function jsonIn({ folder, file }: Readable, name: string): unknown {
  const known = parsedFiles.get(file) ?? new Map<string, unknown>();
  parsedFiles.set(file, known);
  if (known.has(name)) return known.get(name);
  const text = file(name);
  if (text === undefined) return undefined;
  const value = jsonFor(text, `${name} in ${folder}`);
  known.set(name, sharedTexts.get(file)?.in(value) ?? value);
  return value;
}

/**
 * What is found in a file that is looked through once and let go of: only that is kept. Undefined if there is no such file.
 * @param find one and the same function for a file whenever it is asked about
 * @throws AssemblyError as above, or as `find` does
 */
export function foundIn<T>(
  { folder, file }: Readable,
  name: string,
  find: (value: unknown) => T,
): T | undefined {
  const known = (found.get(file) ?? new Map()) as Map<string, T>;
  found.set(file, known);
  if (known.has(name)) return known.get(name);
  const text = file(name);
  if (text === undefined) return undefined;
  const result = find(jsonFor(text, `${name} in ${folder}`));
  known.set(name, result);
  return result;
}

/** Lets go of what a file holds, once all was found in it: whoever asks again has it read again. */
export function letGoOf({ file }: Readable, name: string): void {
  parsedFiles.get(file)?.delete(name);
}

/** The same of a file without which there is no assembly. @throws AssemblyError as above, or if there is no such file */
export function demandedIn(about: Readable, name: string): unknown {
  const value = jsonIn(about, name);
  if (value !== undefined) return value;
  throw new AssemblyError(
    `there is no ${name} in ${about.folder}: name a cloud assembly, such as cdk.out after npx concordat synth`,
  );
}

/** The whole template of a stack. @throws AssemblyError if it is missing, or is no template */
export function templateIn(about: Readable, file: string): Template {
  const template = demandedIn(about, file);
  if (isTemplate(template)) return template;
  const rewriting = isGroup(template) ? rewritingIn(template.Resources) : undefined;
  if (rewriting !== undefined)
    throw new AssemblyError(
      `${file} in ${about.folder} has ${rewriting} among its resources, by which CloudFormation makes resources after every check: write them out`,
    );
  throw new AssemblyError(`${file} in ${about.folder} is no template: synthesise the assembly again`);
}

/** What stands among resources and is none. */
function rewritingIn(resources: unknown): string | undefined {
  return isGroup(resources) ? Object.keys(resources).find((key) => key.startsWith('Fn::')) : undefined;
}
