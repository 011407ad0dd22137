/** Registers that tests start from, and small edits to them: the sample in register/, and a minimal one. */
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { dateOf } from '../../lib/register/calendar';
import type { Diagnostic } from '../../lib/register/diagnostic';
import { type RegisterFile, readRegisterFolder } from '../../lib/register/folder';
import { type Loaded, loadRegister } from '../../lib/register/load';
import type { Register } from '../../lib/register/register';

/** The day on which tests judge a register, unless they say another. */
export const AS_OF = dateOf('2026-10-01');

/** The sample register, as published. */
export const SAMPLE: readonly RegisterFile[] = readRegisterFolder(join(__dirname, '../../register'));

/** A register that holds together, with no more than it takes to show each kind of file. */
export const MINIMAL: readonly RegisterFile[] = readRegisterFolder(join(__dirname, 'minimal-register'));

/** Changes files in place, by their paths. */
export type Edit = (files: Map<string, Uint8Array>) => void;

/** A copy of a register after edits, in the order of paths. */
export function edited(files: readonly RegisterFile[], ...edits: readonly Edit[]): RegisterFile[] {
  const copy = new Map(files.map(({ path, bytes }) => [path, bytes]));
  for (const edit of edits) edit(copy);
  return [...copy].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Writes a file, in the place of one that may be there. */
export function write(path: string, content: string | Uint8Array): Edit {
  return (files) => files.set(path, typeof content === 'string' ? Buffer.from(content) : content);
}

/** Removes a file. */
export function remove(path: string): Edit {
  return (files) => {
    bytesOf(files, path);
    files.delete(path);
  };
}

/** Moves a file. */
export function move(path: string, to: string): Edit {
  return (files) => {
    const bytes = bytesOf(files, path);
    files.delete(path);
    files.set(to, bytes);
  };
}

/** Copies a file as it stands. */
export function copyAs(path: string, to: string): Edit {
  return (files) => files.set(to, bytesOf(files, path));
}

/** Replaces a text that stands in a file exactly once. */
export function replace(path: string, text: string, by: string): Edit {
  return (files) => {
    const parts = textOf(files, path).split(text);
    if (parts.length !== 2) throw new Error(`'${text}' stands ${parts.length - 1} times in ${path}`);
    files.set(path, Buffer.from(parts.join(by)));
  };
}

/** Adds text to the end of a file. */
export function append(path: string, text: string): Edit {
  return (files) => files.set(path, Buffer.from(textOf(files, path) + text));
}

/** Sets settings by their paths, such as `custody.kind` or `recipients.0`; undefined removes one. */
export function set(path: string, settings: Readonly<Record<string, unknown>>): Edit {
  return (files) => {
    const document = parseDocument(textOf(files, path));
    for (const [name, value] of Object.entries(settings)) {
      const steps = name.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      if (value === undefined) document.deleteIn(steps);
      else document.setIn(steps, document.createNode(value, { aliasDuplicateObjects: false }));
    }
    files.set(path, Buffer.from(String(document)));
  };
}

/** Copies an organisation or agreement to another id, with settings of its own. */
export function copy(path: string, id: string, settings: Readonly<Record<string, unknown>>): Edit {
  const to = path.replace(/[^/]+(?=\.yaml$)/, id);
  return (files) => {
    files.set(to, bytesOf(files, path));
    set(to, { id, ...settings })(files);
  };
}

/** Loads the minimal register after edits. */
export function loadMinimal(...edits: readonly Edit[]): Loaded {
  return loadRegister(edited(MINIMAL, ...edits), AS_OF, AS_OF);
}

/** What is wrong with the minimal register after edits. */
export function faultsAfter(...edits: readonly Edit[]): readonly Diagnostic[] {
  const loaded = loadMinimal(...edits);
  return loaded.ok ? [] : loaded.diagnostics;
}

/** The kinds of fault in the minimal register after edits, each with the line that it points at. */
export function pointedAt(...edits: readonly Edit[]): string[] {
  const loaded = loadMinimal(...edits);
  if (loaded.ok) return [];
  return loaded.diagnostics.map(({ code, place }) => {
    const line = loaded.lines.get(place.file)?.[place.line - 1] ?? '';
    return `${code} at ${place.file}, ${line.trim()}`;
  });
}

/** The minimal register after edits that leave it sound. */
export function registerAfter(...edits: readonly Edit[]): Register {
  const loaded = loadMinimal(...edits);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map((each) => each.message).join('\n'));
  return loaded.register;
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`there is no file ${path}`);
  return bytes;
}

function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return Buffer.from(bytesOf(files, path)).toString('utf8');
}

/** The sample as it is before leeds-hospitals has imported the material of its key. */
export function beforeTheImport(): RegisterFile[] {
  const expires = '  materialExpires: 2027-04-30\n';
  return edited(
    SAMPLE,
    replace('organisations/leeds-hospitals.yaml', expires, `${expires}  material: awaited\n`),
  );
}
