/** Spilled runs in a folder, such as on a function’s ephemeral storage: one file each, and none left behind. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spill } from '../../port';

/** Spills into a folder of its own below a given one. It is made when something is spilled, and only its owner can read it. */
export class FolderSpill implements Spill {
  readonly #below: string;
  #folder: string | undefined;
  readonly #files = new Map<number, FileHandle>();

  /** @param below a folder that is there, such as /tmp */
  constructor(below: string) {
    this.#below = below;
  }

  async append(run: number, bytes: Uint8Array): Promise<void> {
    let file = this.#files.get(run);
    if (!file) {
      this.#folder ??= await mkdtemp(join(this.#below, 'concordat-digests-'));
      file = await open(join(this.#folder, `${run}`), 'wx+', 0o600);
      this.#files.set(run, file);
    }
    await file.appendFile(bytes);
  }

  async read(run: number, from: number, to: number): Promise<Uint8Array> {
    const file = this.#files.get(run);
    if (!file) throw new RangeError(`there is no run ${run}`);
    const bytes = new Uint8Array(to - from);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0) throw new RangeError(`run ${run} ends before byte ${to}`);
      filled += bytesRead;
    }
    return bytes;
  }

  async remove(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
    this.#files.clear();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
