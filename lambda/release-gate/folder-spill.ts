/** Where digests go that memory does not hold: a folder on the function’s ephemeral storage, for one check. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spill } from '../../lib/contracts';

/** A folder that is made with the first bytes, and goes when the check is over. */
export class FolderSpill implements Spill {
  private readonly runs = new Map<number, Promise<FileHandle>>();
  private folder: Promise<string> | undefined;

  /** @param parent a folder that is there, such as `/tmp` */
  constructor(private readonly parent: string) {}

  async append(run: number, bytes: Uint8Array): Promise<void> {
    await (await this.file(run)).appendFile(bytes);
  }

  async read(run: number, from: number, to: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(to - from);
    const { bytesRead } = await (await this.file(run)).read(bytes, 0, bytes.length, from);
    if (bytesRead !== bytes.length)
      throw new RangeError(`run ${run} ends ${bytes.length - bytesRead} bytes before ${to}`);
    return bytes;
  }

  async remove(): Promise<void> {
    const files = await Promise.allSettled(this.runs.values());
    for (const file of files) if (file.status === 'fulfilled') await file.value.close();
    this.runs.clear();
    const folder = await this.folder;
    this.folder = undefined;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  private file(run: number): Promise<FileHandle> {
    const known = this.runs.get(run);
    if (known) return known;
    this.folder ??= mkdtemp(join(this.parent, 'concordat-spill-'));
    const file = this.folder.then((folder) => open(join(folder, String(run)), 'a+', 0o600));
    this.runs.set(run, file);
    return file;
  }
}
