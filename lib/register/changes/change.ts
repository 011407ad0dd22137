/** A change of the register: files that are new or different, checked as a whole before anything is written. */
import type { IsoDate } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import type { RegisterFile } from '../folder';
import { loadRegister } from '../load';
import type { Register } from '../register';

/** A change that keeps the register sound. */
export interface Change {
  /** The files that are new or different, in the order of their paths. */
  readonly files: readonly RegisterFile[];
  readonly before: Register;
  readonly after: Register;
  /** What the change does, one sentence each, for its reviewers. */
  readonly says: readonly string[];
}

/** One thing to settle first. */
export interface ToSettle {
  /** What of that which was asked for it is about: `from`. */
  readonly about: string;
  /** What it is, and what to do. */
  readonly says: string;
}

/** A thing to settle, with what it is about. */
export function about(name: string, says: string): ToSettle {
  return { about: name, says };
}

/** Something is to be settled first. The message says what was asked for; each matter says what to do. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';
  constructor(
    message: string,
    readonly settling: readonly (string | ToSettle)[],
  ) {
    super(message);
  }

  /** Each in words. */
  get settle(): string[] {
    return this.settling.map((each) => (typeof each === 'string' ? each : each.says));
  }
}

/** The register is faulty, or would be after the change; the diagnostics say how. */
export class ChangeUnsound extends Error {
  override readonly name = 'ChangeUnsound';
  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[],
    readonly lines: ReadonlyMap<string, readonly string[]>,
  ) {
    super(message);
  }
}

/** The register that files make. @throws ChangeUnsound if they make none */
export function soundRegister(files: readonly RegisterFile[], asOf: IsoDate, message: string): Register {
  const loaded = loadRegister(files, asOf);
  if (loaded.ok) return loaded.register;
  throw new ChangeUnsound(message, loaded.diagnostics, loaded.lines);
}

/** The files of a register after a change of some. @internal Only tests import it. */
export function changedFiles(
  files: readonly RegisterFile[],
  changed: readonly RegisterFile[],
): RegisterFile[] {
  const all = new Map([...files, ...changed].map((file) => [file.path, file]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A change, once the loader has found the register sound with it. @throws ChangeUnsound if it would not be */
export function checkedChange(
  files: readonly RegisterFile[],
  before: Register,
  changed: ReadonlyMap<string, RegisterFile>,
  says: readonly string[],
  asOf: IsoDate,
): Change {
  const list = [...changed.values()]
    .filter((file) => !isThere(files, file))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const after = soundRegister(changedFiles(files, list), asOf, 'the register would no longer be sound');
  return { files: list, before, after, says };
}

/** The file at a path. @throws RangeError if there is none, which an id of a loaded register cannot meet */
export function fileAt(files: readonly RegisterFile[], path: string): RegisterFile {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw new RangeError(`there is no ${path} in the register`);
  return file;
}

function isThere(files: readonly RegisterFile[], { path, bytes }: RegisterFile): boolean {
  const there = files.find((each) => each.path === path);
  return there !== undefined && Buffer.from(there.bytes).equals(bytes);
}
