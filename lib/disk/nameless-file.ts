/** A file without a name: what is kept of other people’s data meanwhile must be gone even where a signal ends the process. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Opens an empty file to be written and read, which nobody else can open. Its room on the disk is free again once it is closed, or
 * once the process has ended, in whatever way.
 * @param folder on whose disk it is, the system’s temporary folder if not given
 * @throws what the file system says
 */
export async function namelessFile(folder = tmpdir()): Promise<FileHandle> {
  const path = join(folder, `concordat-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The same with what a stream brings, which can be read but once. @throws what the file system says, or the stream */
export async function namelessCopy(stream: AsyncIterable<Uint8Array>): Promise<FileHandle> {
  const file = await namelessFile();
  try {
    for await (const piece of stream) await file.appendFile(piece);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
