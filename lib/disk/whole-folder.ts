/** Writes a folder whole or not at all. */
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeWithThoseAbove } from './folder-to-be';
import { ofTheMeant } from './meant';
import { afterLinks, isWithin, ownPlace } from './place';
import { isRunning } from './running';
import { attempt } from './whole-file';

/**
 * Has a folder made beside the one that is meant, which takes its place afterwards.
 * @param folder absolute; what stands there goes as a whole
 * @param make fills the folder that it is handed, and may put it into its place itself (`replaceFolder`), if it must go on there
 * @throws what `make` throws, or what the file system says; then the folder is as it was. Busy (EBUSY) is the folder in which the
 * process is, and each above it: what runs there would go on in one that is no more. So is one at which another disk is mounted,
 * as containers do: what is made beside it lies on another disk, and nothing takes its place in one step
 */
export function makeFolder<T>(folder: string, make: (fresh: string) => T): T {
  const here = process.cwd();
  if (isWithin(afterLinks(here, here), ownPlace(folder, here))) throw busy(folder, 'where you are');
  settleFolder(folder);
  if (isDeadLink(folder)) throw unfit(folder, 'ELOOP', 'is a link that leads nowhere');
  const parent = dirname(folder);
  makeWithThoseAbove(parent);
  // Found out by its renaming alone where the disk is a part of the same one, and then nothing is lost but time.
  if (existsSync(folder) && lstatSync(folder).dev !== statSync(parent).dev)
    throw busy(folder, 'a disk of its own');
  attempt(() => removeAbandoned(parent, basename(folder)));
  const fresh = join(parent, `.${basename(folder)}.${process.pid}.new`);
  try {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh);
    const made = make(fresh);
    if (existsSync(fresh)) replaceFolder(fresh, folder);
    return made;
  } catch (error) {
    throw ofTheMeant(error, fresh, folder);
  } finally {
    attempt(() => rmSync(fresh, { recursive: true, force: true }));
  }
}

function busy(folder: string, is: string): Error {
  return unfit(folder, 'EBUSY', `is ${is}: name a folder below it`);
}

/** As the file system would say it, and before anything is made. */
function unfit(folder: string, code: string, why: string): Error {
  return Object.assign(new Error(`${folder} ${why}`), { code, syscall: 'rename', path: folder });
}

/** Whether a link is there that leads nowhere: no folder takes its place. */
export function isDeadLink(path: string): boolean {
  return !existsSync(path) && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Puts a folder that is complete into its place. @throws what the file system says; then what stood there is there again */
export function replaceFolder(fresh: string, folder: string): void {
  settleFolder(folder);
  const old = oldOf(folder);
  if (!existsSync(folder)) {
    renameSync(fresh, folder);
    return;
  }
  rmSync(old, { recursive: true, force: true });
  renameSync(folder, old);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    attempt(() => renameSync(old, folder));
    throw error;
  }
  attempt(() => rmSync(old, { recursive: true, force: true }));
}

/**
 * Puts the old folder back where a writer was cut off before the new one was in its place. To be called before a folder is
 * read or written; where nothing may be written, nothing is done.
 */
export function settleFolder(folder: string): void {
  if (!existsSync(folder) && existsSync(oldOf(folder))) attempt(() => renameSync(oldOf(folder), folder));
}

function oldOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.old`);
}

/** What processes that are no more have left. */
function removeAbandoned(parent: string, name: string): void {
  for (const each of readdirSync(parent)) {
    const [, process] = each.startsWith(`.${name}.`) ? (/\.(\d+)\.new$/.exec(each) ?? []) : [];
    if (process !== undefined && !isRunning(Number(process)))
      rmSync(join(parent, each), { recursive: true, force: true });
  }
}
