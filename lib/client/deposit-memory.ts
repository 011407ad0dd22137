/**
 * What is remembered of deposits under one agreement, on this computer, and by one run at a time. Of what is sent in parts there is
 * a file for each; what goes in one request is mostly many small files, of which each would cost as much as sending it: they have
 * one file together, to which lines are added.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DeliveryRefused, type Memory } from '../delivery';
import { type UnfinishedDeposit, unfinishedDepositIn } from '../wire';
import { type HeldFolder, holdFolder } from './held-folder';
import { StateFolder } from './state-folder';

const LINES = 'whole.jsonl';
const OWN_FILE = { mode: 0o600 };

/** Whose deposits are meant. */
interface Whose {
  /** Where state is kept, by `statePlace`. */
  readonly state: string;
  /** The organisation’s account. */
  readonly account: string;
  readonly agreement: string;
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
    mkdirSync(place, { recursive: true, mode: 0o700 });
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
  readonly #lines = new Map<string, UnfinishedDeposit>();
  #isChanged = false;
  #hasFiles: boolean;
  #file: number | undefined;
  /** What comes before the next line: a line that a kill has cut is ended first. */
  #before: string;

  /** @param path of the lines */
  constructor(
    private readonly path: string,
    private readonly files: StateFolder,
    private readonly held: HeldFolder,
  ) {
    const text = textOf(path);
    for (const line of text.split('\n')) {
      const found = unfinishedDepositIn(parsed(line));
      if (found !== undefined) this.#lines.set(found.key, found);
    }
    this.#before = text === '' || text.endsWith('\n') ? '' : '\n';
    this.#hasFiles = files.all().length > 0;
  }

  read(key: string): unknown {
    return this.#lines.get(key) ?? (this.#hasFiles ? this.files.read(key) : undefined);
  }

  /** @throws DeliveryRefused `disk` */
  write(key: string, value: UnfinishedDeposit): void {
    if (value.survey.crc64nvme.length > 1) {
      this.#hasFiles = true;
      this.files.write(key, value);
      return;
    }
    try {
      this.#file ??= openSync(this.path, 'a', OWN_FILE.mode);
      writeSync(this.#file, `${this.#before}${JSON.stringify(value)}\n`);
    } catch (error) {
      throw refusalOf(error, this.path, 'write');
    }
    this.#before = '';
    this.#lines.set(key, value);
  }

  remove(key: string): void {
    if (this.#lines.delete(key)) this.#isChanged = true;
    else if (this.#hasFiles) this.files.remove(key);
  }

  /** All that is remembered. */
  all(): readonly UnfinishedDeposit[] {
    return [...this.#lines.values(), ...this.files.all().flatMap((each) => unfinishedDepositIn(each) ?? [])];
  }

  /** Takes away the lines of what was forgotten, and lets another run come. */
  async close(): Promise<void> {
    try {
      if (this.#file !== undefined) closeSync(this.#file);
      if (this.#isChanged) this.#keep();
    } finally {
      await this.held.release();
    }
  }

  #keep(): void {
    if (this.#lines.size === 0) {
      rmSync(this.path, { force: true });
      return;
    }
    const text = [...this.#lines.values()].map((each) => `${JSON.stringify(each)}\n`).join('');
    writeFileSync(`${this.path}.new`, text, OWN_FILE);
    renameSync(`${this.path}.new`, this.path);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw refusalOf(error, path, 'read');
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
