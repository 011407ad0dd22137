/**
 * What is remembered of deposits under one agreement, on this computer, and by one run at a time. Of what is sent in parts there is
 * a file for each; what goes in one request is mostly many small files, of which each would cost as much as sending it: they have
 * one file together, to which lines are added.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DeliveryRefused, type Memory } from '../delivery';
import { makeWithThoseAbove } from '../disk';
import { type UnfinishedDeposit, unfinishedDepositIn } from '../wire';
import type { Client } from './client';
import { type HeldFolder, holdFolder } from './held-folder';
import { StateFolder } from './state-folder';

const LINES = 'whole.jsonl';
const OWN_FILE = { mode: 0o600 };
const LINE_END = 0x0a;
/** Most lines are shorter. */
const USUAL_LINE = 2048;

/** Whose deposits are meant. */
interface Whose {
  /** Where state is kept, by `statePlace`. */
  readonly state: string;
  /** The organisation’s account. */
  readonly account: string;
  readonly agreement: string;
}

/** The deposits of a client’s organisation under an agreement. @param state where state is kept, by `statePlace` */
export function whoseDeposits({ profile }: Pick<Client, 'profile'>, agreement: string, state: string): Whose {
  return { state, account: profile.organisation.account, agreement };
}

/**
 * Opens it, and keeps others out until it is closed: two runs that send one key at once would each give up what the other sends.
 * @throws DeliveryRefused `deposit-busy`, `disk`
 */
export async function openDepositMemory(whose: Whose): Promise<DepositMemory> {
  const { state, agreement } = whose;
  const parts = placeOf(whose);
  const place = join(state, ...parts);
  return told(place, 'write', async () => {
    makeWithThoseAbove(place, 0o700);
    const held = await holdFolder(place, place).catch((error: unknown) => {
      if (!(error instanceof DeliveryRefused) || error.refusal.refused !== 'folder-busy') throw error;
      const { by } = error.refusal as { readonly by: string };
      throw new DeliveryRefused({ refused: 'deposit-busy', agreement, by }, { cause: error });
    });
    return new DepositMemory(join(place, LINES), new StateFolder(state, ...parts), held);
  });
}

/** Whether anything may be remembered: nothing is made where nothing is. */
export function hasDepositMemory(whose: Whose): boolean {
  return existsSync(join(whose.state, ...placeOf(whose)));
}

function placeOf({ account, agreement }: Whose): readonly string[] {
  return ['deposits', account, agreement];
}

/** An open one. */
export class DepositMemory implements Memory {
  /** Where in the file the newest line of a key begins. */
  readonly #lines = new Map<string, number>();
  #isChanged = false;
  #hasFiles: boolean;
  #file: number | undefined;
  /** Where the file ends. */
  #end: number;
  /** What comes before the next line: a line that a kill has cut is ended first. */
  #before: string;

  /** @param path of the lines */
  constructor(
    private readonly path: string,
    private readonly files: StateFolder,
    private readonly held: HeldFolder,
  ) {
    const kept = bytesOf(path);
    for (const { at, line } of linesIn(kept)) {
      const found = unfinishedDepositIn(parsed(line));
      if (found !== undefined) this.#lines.set(found.key, at);
    }
    this.#end = kept.length;
    this.#before = kept.length === 0 || kept.at(-1) === LINE_END ? '' : '\n';
    this.#hasFiles = files.all().length > 0;
  }

  read(key: string): unknown {
    const at = this.#lines.get(key);
    if (at !== undefined) return parsed(this.#lineAt(at));
    return this.#hasFiles ? this.files.read(key) : undefined;
  }

  /** @throws DeliveryRefused `disk` */
  write(key: string, value: UnfinishedDeposit): void {
    if (value.survey.crc64nvme.length > 1) {
      this.#hasFiles = true;
      this.files.write(key, value);
      return;
    }
    const line = Buffer.from(`${this.#before}${JSON.stringify(value)}\n`);
    const at = this.#end + this.#before.length;
    try {
      const file = this.#opened();
      for (let done = 0; done < line.length; ) {
        const written = writeSync(file, line, done);
        done += written;
        this.#end += written;
      }
    } catch (error) {
      // What was written of it is ended before the next one.
      if (this.#end > at) this.#before = '\n';
      throw refusalOf(error, this.path, 'write');
    }
    this.#before = '';
    this.#lines.set(key, at);
  }

  remove(key: string): void {
    if (this.#lines.delete(key)) this.#isChanged = true;
    else if (this.#hasFiles) this.files.remove(key);
  }

  /** All that is remembered. */
  all(): readonly UnfinishedDeposit[] {
    const lines = [...this.#lines.values()].map((at) => parsed(this.#lineAt(at)));
    return [...lines, ...this.files.all()].flatMap((each) => unfinishedDepositIn(each) ?? []);
  }

  /** Takes away the lines of what was forgotten, and lets another run come. */
  async close(): Promise<void> {
    try {
      const left = this.#isChanged && this.#lines.size > 0 ? this.#text() : undefined;
      // Windows puts nothing in the place of a file that is open.
      if (this.#file !== undefined) closeSync(this.#file);
      this.#file = undefined;
      if (left !== undefined) {
        writeFileSync(`${this.path}.new`, left, OWN_FILE);
        renameSync(`${this.path}.new`, this.path);
      } else if (this.#isChanged) rmSync(this.path, { force: true });
    } finally {
      await this.held.release();
    }
  }

  #text(): string {
    return [...this.#lines.values()].map((at) => `${this.#lineAt(at)}\n`).join('');
  }

  #opened(): number {
    this.#file ??= openSync(this.path, 'a+', OWN_FILE.mode);
    return this.#file;
  }

  /** @throws DeliveryRefused `disk` */
  #lineAt(at: number): string {
    try {
      for (let most = USUAL_LINE; ; most *= 2) {
        const bytes = Buffer.allocUnsafe(most);
        const found = bytes.subarray(0, readSync(this.#opened(), bytes, 0, most, at));
        const end = found.indexOf(LINE_END);
        if (end >= 0 || found.length < most) return found.toString('utf8', 0, end < 0 ? found.length : end);
      }
    } catch (error) {
      throw refusalOf(error, this.path, 'read');
    }
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Uint8Array();
    throw refusalOf(error, path, 'read');
  }
}

function* linesIn(bytes: Uint8Array): Iterable<{ readonly at: number; readonly line: string }> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf(LINE_END, at);
    const end = found < 0 ? text.length : found;
    yield { at, line: text.toString('utf8', at, end) };
    at = end + 1;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function told<T>(path: string, act: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DeliveryRefused ? error : refusalOf(error, path, act);
  }
}

function refusalOf(error: unknown, path: string, act: 'read' | 'write'): DeliveryRefused {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new DeliveryRefused({ refused: 'disk', path, code, act }, { cause: error });
}
