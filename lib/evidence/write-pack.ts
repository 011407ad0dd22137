/** Puts a pack into its folder: all of it, or nothing. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PackFiles } from './pack';

/** No pack can go to a folder. What to do instead is for the caller to say, who knows how the folder was named. */
export class PackFolderError extends Error {
  override readonly name = 'PackFolderError';

  /** Whether it would do to empty the folder: it holds something else, which a pack must not replace. */
  readonly holdsSomethingElse: boolean;

  constructor(
    message: string,
    { holdsSomethingElse = false, ...options }: ErrorOptions & { readonly holdsSomethingElse?: boolean },
  ) {
    super(message, options);
    this.holdsSomethingElse = holdsSomethingElse;
  }
}

/** What shows that a folder is a pack of ours. */
const isPack = (held: readonly string[]) =>
  held.includes('SHA256SUMS') && (held.includes('evidence.json') || held.includes('extract.json'));

/** Demands that a pack may go to this folder: it is not there yet, is empty, or holds an earlier pack. @throws PackFolderError */
export function demandPackFolder(folder: string): void {
  if (!existsSync(folder)) return;
  let held: string[];
  try {
    held = readdirSync(folder);
  } catch (cause) {
    throw new PackFolderError(`${folder} is not a folder`, { cause });
  }
  if (held.length > 0 && !isPack(held))
    throw new PackFolderError(`${folder} holds something that is no evidence pack`, {
      holdsSomethingElse: true,
    });
}

/**
 * Writes the pack beside its place, then puts it there in one step; an earlier pack goes as a whole.
 * @throws PackFolderError if the folder holds something else, or nothing can be written there
 */
export function writePack(folder: string, files: PackFiles): void {
  demandPackFolder(folder);
  const parent = dirname(folder);
  let fresh: string | undefined;
  try {
    mkdirSync(parent, { recursive: true });
    fresh = mkdtempSync(join(parent, `.${basename(folder)}-`));
    const whole = join(fresh, 'new');
    for (const [path, text] of files) {
      mkdirSync(dirname(join(whole, path)), { recursive: true });
      writeFileSync(join(whole, path), text);
    }
    if (existsSync(folder)) renameSync(folder, join(fresh, 'old'));
    renameSync(whole, folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new PackFolderError(`nothing can be written to ${folder} (${code ?? message})`, {
      cause: error,
    });
  } finally {
    if (fresh !== undefined) rmSync(fresh, { recursive: true, force: true });
  }
}
