/**
 * The folder into which objects are collected, behind the port `Desk`. Beside what was collected lies `.concordat`: parts of
 * what is under way, and the list of what is here already. All is on one disk, so that a part gets its name without being copied.
 * Nothing in it is secret, and none but the user may read it.
 */
import type { Stats } from 'node:fs';
import {
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  statfs,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DeliveryRefused, type Desk, type Journal, type Noted, type PartFile } from '../delivery';
import { makeWithThoseAbove } from '../disk';
import { parseJournal, parseNoted } from './desk-files';
import { readFrom, writeAt } from './file-bytes';
import { type HeldFolder, holdFolder } from './held-folder';

/** What lies beside what was collected. No name of a collected file begins with a dot. */
export const DESK_FOLDER = '.concordat';
const NOTES = 'collected.jsonl';
const OWN_FILE = { mode: 0o600 };
const OWN_FOLDER = 0o700;

/** What a file system says that knows no second name of a file; there a part is renamed, once nothing has its name. */
const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EXDEV',
  'EMLINK',
  'EINVAL',
]);

/** A desk that one process has to itself. */
export interface HeldDesk extends Desk {
  /** Lets another have it. */
  release(): Promise<void>;
}

/** Opens a folder for collecting, and makes it where it is not there. @throws DeliveryRefused `disk`, `folder-busy` */
export async function openDesk(folder: string): Promise<HeldDesk> {
  const own = join(folder, DESK_FOLDER);
  await told(own, 'write', async () => makeWithThoseAbove(resolve(own, 'parts'), OWN_FOLDER));
  return new FolderDesk(folder, own, await holdFolder(own, folder));
}

/** What was collected into a folder, for those who only ask; nothing is made, and nobody is kept out. */
export async function notedIn(folder: string): Promise<readonly Noted[]> {
  return readNotes(join(folder, DESK_FOLDER, NOTES));
}

class FolderDesk implements HeldDesk {
  private readonly unwritten: { noted: Noted; done: () => void; failed: (error: unknown) => void }[] = [];
  private isWriting = false;
  private notesHandle: FileHandle | undefined;
  /** What may have a journal, in this run or from before. */
  private readonly journaled = new Set<string>();
  /** Folders that are there. */
  private readonly made = new Set<string>();

  constructor(
    readonly shown: string,
    private readonly own: string,
    private readonly held: HeldFolder,
  ) {}

  noted(): Promise<readonly Noted[]> {
    return readNotes(this.notesFile);
  }

  /** What comes while lines are being written is written together, so that no line stands within another. */
  note(noted: Noted): Promise<void> {
    const mine = new Promise<void>((done, failed) => this.unwritten.push({ noted, done, failed }));
    if (!this.isWriting) void this.writeNotes();
    return mine;
  }

  private async writeNotes(): Promise<void> {
    this.isWriting = true;
    while (this.unwritten.length > 0) {
      const batch = this.unwritten.splice(0);
      try {
        await told(this.notesFile, 'write', () => this.append(batch.map(({ noted }) => noted)));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.isWriting = false;
  }

  private async append(batch: readonly Noted[]): Promise<void> {
    // A name is on the disk before it is said that it has been given.
    const named = batch.filter(({ what }) => what === 'collected');
    for (const folder of new Set(named.map(({ names }) => dirname(join(this.shown, ...names)))))
      await settleFolder(folder);
    const lines = batch.map((noted) => `${JSON.stringify(noted)}\n`).join('');
    if (this.notesHandle === undefined) {
      this.notesHandle = await open(this.notesFile, 'a+', OWN_FILE.mode);
      // A line that a kill has cut is ended first.
      if (!(await endsInLine(this.notesHandle))) await this.notesHandle.appendFile('\n');
    }
    await this.notesHandle.appendFile(lines);
  }

  async journal(id: string): Promise<Journal | undefined> {
    const path = this.journalFile(id);
    return told(path, 'read', async () => {
      const text = await readFile(path, 'utf8').catch(unlessCode('ENOENT'));
      return text === undefined ? undefined : parseJournal(text);
    });
  }

  async keepJournal(id: string, journal: Journal): Promise<void> {
    const path = this.journalFile(id);
    this.journaled.add(id);
    await told(path, 'write', async () => {
      await writeFile(`${path}.new`, JSON.stringify(journal), OWN_FILE);
      await rename(`${path}.new`, path);
    });
  }

  async openPart(id: string): Promise<PartFile> {
    const path = this.partFile(id);
    return told(path, 'write', async () => {
      const fresh = await open(path, 'wx+', OWN_FILE.mode).catch(unlessCode('EEXIST'));
      const file = fresh ?? (await open(path, 'r+'));
      let isOpen = true;
      const close = async () => {
        if (isOpen) await file.close();
        isOpen = false;
      };
      return {
        fresh: fresh !== undefined,
        write: (at, bytes) => told(path, 'write', () => writeAt(file, at, bytes)),
        read: (from, to) => readFrom(file, from, to),
        settle: () => told(path, 'write', () => file.sync().then(close)),
        close,
      };
    });
  }

  async begun() {
    return told(this.own, 'read', async () => {
      const names = await readdir(join(this.own, 'parts'));
      const ids = new Set(names.map((name) => name.replace(/\..*$/, '')));
      for (const id of ids) this.journaled.add(id);
      return Promise.all(
        [...ids].map(async (id) => {
          const touched = async (path: string) =>
            (await stat(path).catch(unlessCode('ENOENT')))?.mtimeMs ?? 0;
          return {
            id,
            touched: Math.max(await touched(this.partFile(id)), await touched(this.journalFile(id))),
          };
        }),
      );
    });
  }

  async drop(id: string): Promise<void> {
    // The journal last: without its part it says nothing, and is found again.
    const journal = this.journalFile(id);
    const journals = this.journaled.has(id) ? [`${journal}.new`, journal] : [];
    for (const path of [this.partFile(id), ...journals])
      await told(path, 'write', () => unlink(path).catch(unlessCode('ENOENT')));
  }

  async place(id: string, names: readonly string[]): Promise<'placed' | 'taken' | 'blocked'> {
    const path = join(this.shown, ...names);
    return told(path, 'write', async () => {
      const folder = dirname(path);
      try {
        if (!this.made.has(folder)) await mkdir(folder, { recursive: true });
      } catch (error) {
        if (BLOCKED.has(codeOf(error))) return 'blocked';
        throw error;
      }
      // Somebody may have moved it away meanwhile: then it is made again.
      this.made.add(folder);
      return this.name(this.partFile(id), path).catch(async (error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
        await mkdir(folder, { recursive: true });
        return this.name(this.partFile(id), path);
      });
    });
  }

  private async name(part: string, path: string): Promise<'placed' | 'taken' | 'blocked'> {
    try {
      await link(part, path);
      return 'placed';
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EEXIST') return 'taken';
      if (BLOCKED.has(code)) return 'blocked';
      if (!NO_LINKS.has(code)) throw error;
      if ((await lstat(path).catch(unlessCode('ENOENT'))) !== undefined) return 'taken';
      await rename(part, path);
      return 'placed';
    }
  }

  async placed(names: readonly string[], bytes: number) {
    const path = join(this.shown, ...names);
    const there: Stats | undefined = await lstat(path).catch(unlessCode('ENOENT', 'ENOTDIR'));
    if (there === undefined || !there.isFile() || there.size !== bytes) return undefined;
    return async function* read(from: number, to: number) {
      const file = await open(path, 'r');
      try {
        yield* readFrom(file, from, to);
      } finally {
        await file.close();
      }
    };
  }

  pathOf(id: string): string {
    return this.partFile(id);
  }

  async room(): Promise<number | undefined> {
    const found = await statfs(this.own).catch(() => undefined);
    return found && found.bavail * found.bsize;
  }

  async release(): Promise<void> {
    await this.notesHandle?.close();
    await this.held.release();
  }

  private get notesFile(): string {
    return join(this.own, NOTES);
  }

  private partFile(id: string): string {
    return join(this.own, 'parts', id);
  }

  private journalFile(id: string): string {
    return join(this.own, 'parts', `${id}.json`);
  }
}

/** What the system says where a file stands in the place of a folder. */
const BLOCKED: ReadonlySet<string> = new Set(['ENOTDIR', 'EEXIST']);

/** What a kill has cut, and what is no line of ours, is passed over: what it told of is collected again, over nothing. */
async function readNotes(path: string): Promise<readonly Noted[]> {
  const text = await told(path, 'read', () => readFile(path, 'utf8').catch(unlessCode('ENOENT', 'ENOTDIR')));
  return (text ?? '').split('\n').flatMap((line) => parseNoted(line) ?? []);
}

async function endsInLine(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] === 0x0a;
}

/** Sees that a name is on the disk. Windows has no such thing, and does it by itself. */
async function settleFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r').catch(unlessCode('ENOENT', 'ENOTDIR'));
  // It was moved to where it is kept.
  if (opened === undefined) return;
  try {
    await opened.sync().catch(unlessCode('EINVAL', 'ENOTSUP'));
  } finally {
    await opened.close();
  }
}

async function told<T>(path: string, act: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    throw new DeliveryRefused({ refused: 'disk', path, code, act }, { cause: error });
  }
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : '';
}

/** For what may not be there. */
function unlessCode(...codes: readonly string[]) {
  return (error: unknown): undefined => {
    if (!codes.includes(codeOf(error))) throw error;
  };
}
