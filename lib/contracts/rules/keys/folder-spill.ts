/** Spilled runs on a disk, such as a function’s ephemeral storage: one file each, and none left behind. */
import type { FileHandle } from 'node:fs/promises';
import { namelessFile } from '../../../disk';
import type { Spill } from '../../port';

/** Spills onto the disk of a folder, into files that have no names there. */
export class FolderSpill implements Spill {
  readonly #files = new Map<number, FileHandle>();

  /** @param folder one that is there, such as /tmp */
  constructor(private readonly folder: string) {}

  async append(run: number, bytes: Uint8Array): Promise<void> {
    let file = this.#files.get(run);
    if (!file) {
      file = await namelessFile(this.folder);
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
  }
}
