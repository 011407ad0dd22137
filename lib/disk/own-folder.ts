/** Replaces only folders that hold what was made before and nothing else: what stands there goes as a whole. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isDeadLink, makeFolder, settleFolder } from './whole-folder';

/** What somebody may have to do before a folder is made there. */
type Remedy = 'empty it' | 'move it elsewhere' | 'remove it';

/** A folder cannot be made where it is to go. Who is told knows which option named it. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  /** What is wrong, as what follows on the name of the folder. */
  readonly why: string;
  /** What would help besides another folder, if anything would. */
  readonly remedy: Remedy | undefined;

  constructor(
    why: string,
    { folder, remedy, ...options }: ErrorOptions & { readonly folder: string; readonly remedy?: Remedy },
  ) {
    super(`${folder} ${why}`, options);
    this.why = why;
    this.remedy = remedy;
  }
}

/** What something in a folder is: part of what was made, as it was made; part of it, but changed by somebody; or somebody’s own. */
type Part = 'as made' | 'changed' | 'strange';

/** A kind of folder that is made again and again. */
export interface FolderKind {
  /** What it is called, such as `evidence pack`. */
  readonly what: string;
  /** Whether a folder with these names at its top is one. */
  readonly isOne: (names: readonly string[]) => boolean;
  /** Tells of what lies in such a folder, by its path with `/`. A folder that is `as made` is looked into all the same. */
  readonly part: (folder: string) => (path: string, isFolder: boolean) => Part;
}

/** What systems put into folders that somebody has looked at. */
const OF_SYSTEMS = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/;

/**
 * Demands that a folder may be made: it is not there yet, is empty, or holds one made before and nothing else.
 * @throws FolderError with what would be lost
 */
export function demandFolder(folder: string, { what, isOne, part }: FolderKind): void {
  settleFolder(folder);
  if (isDeadLink(folder))
    throw new FolderError('is a link that leads nowhere', { folder, remedy: 'remove it' });
  if (!existsSync(folder)) return;
  let held: string[];
  try {
    held = readdirSync(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new FolderError(code === 'ENOTDIR' ? 'is not a folder' : 'cannot be read', { folder, cause });
  }
  if (held.every((name) => OF_SYSTEMS.test(name))) return;
  if (!isOne(held))
    throw new FolderError(`holds something that is no ${what}`, { folder, remedy: 'empty it' });
  const partOf = part(folder);
  for (const each of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(each.parentPath, each.name)).split(sep).join('/');
    const found = OF_SYSTEMS.test(path) ? 'as made' : partOf(path, each.isDirectory());
    if (found === 'as made') continue;
    const is = found === 'strange' ? `is of no ${what}` : 'was changed since it was made';
    throw new FolderError(`holds ${path}, which ${is} and would be lost`, {
      folder,
      remedy: 'move it elsewhere',
    });
  }
}

/**
 * Makes a folder whole or not at all, in the place of one made before.
 * @param make fills the folder that it is handed
 * @throws FolderError if the folder holds something else, or nothing can be written there
 */
export function makeOwnFolder<T>(folder: string, kind: FolderKind, make: (fresh: string) => T): T {
  demandFolder(folder, kind);
  try {
    return makeFolder(folder, make);
  } catch (error) {
    // A fault in making a file is no fault of the folder.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new FolderError('cannot be written', { folder, cause: error });
  }
}
