/**
 * Keeps two runs from collecting into one folder at once, such as a scheduled one that still runs when the next begins. A file
 * says who has the folder; whoever has it touches the file, so that it is known when a run was killed.
 */
import { link, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DeliveryRefused } from '../delivery';
import { isRunning } from '../disk';

const TOUCHED_EVERY = 10_000;
/** Not touched for so long, the file is of a run that is over, on whatever computer it was. */
const OVER_AFTER = 60_000;

/** A folder that is held. */
export interface HeldFolder {
  release(): Promise<void>;
}

/** Takes the folder. @param shown what people call it @throws DeliveryRefused `folder-busy`, `disk` */
export async function holdFolder(folder: string, shown: string): Promise<HeldFolder> {
  const file = join(folder, 'lock');
  const mine = JSON.stringify({ process: process.pid, host: hostname() });
  const beside = `${file}.${process.pid}`;
  try {
    await writeFile(beside, mine, { mode: 0o600 });
    if (!(await taken(beside, file))) {
      const { by, text } = await holderOf(file);
      if (
        by !== undefined ||
        !(await movedAway(file, `${beside}.over`, text)) ||
        !(await taken(beside, file))
      )
        throw new DeliveryRefused({
          refused: 'folder-busy',
          folder: shown,
          by: by ?? 'another run',
        } as const);
    }
  } catch (error) {
    if (error instanceof DeliveryRefused) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new DeliveryRefused({ refused: 'disk', path: folder, code, act: 'write' }, { cause: error });
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
  }
  heldHere.add(file);
  const touching = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, TOUCHED_EVERY);
  touching.unref();
  return {
    release: async () => {
      clearInterval(touching);
      heldHere.delete(file);
      if ((await readFile(file, 'utf8').catch(() => '')) === mine) await unlink(file).catch(() => undefined);
    },
  };
}

/** What this process holds. A file with its number that it does not hold is of one that had the number before. */
const heldHere = new Set<string>();

/** Of several that see that a run is over, one moves its file away; who finds that it moved another one puts that back. */
async function movedAway(file: string, away: string, text: string | undefined): Promise<boolean> {
  try {
    await rename(file, away);
  } catch {
    return true;
  }
  const isIt = (await readFile(away, 'utf8').catch(() => undefined)) === text;
  if (!isIt) await link(away, file).catch(() => undefined);
  await rm(away, { force: true });
  return isIt;
}

/** Whether the file now is ours. A link is made whole or not at all; where there are none, a file is made that must be new. */
async function taken(beside: string, file: string): Promise<boolean> {
  try {
    await link(beside, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC') throw error;
    return writeFile(file, await readFile(beside), { flag: 'wx', mode: 0o600 }).then(
      () => true,
      (failure: NodeJS.ErrnoException) => {
        if (failure.code === 'EEXIST') return false;
        throw failure;
      },
    );
  }
}

/** Who has the folder, and what the file says; nobody where that run is over. */
async function holderOf(file: string): Promise<{ by: string | undefined; text: string | undefined }> {
  const [text, about] = await Promise.all([
    readFile(file, 'utf8').catch(() => undefined),
    stat(file).catch(() => undefined),
  ]);
  if (text === undefined || about === undefined) return { by: undefined, text };
  const { process: id, host } = parsed(text);
  const isHere = host === hostname() && id !== undefined;
  const isOver =
    (isHere && (id === process.pid ? !heldHere.has(file) : !isRunning(id))) ||
    Date.now() - about.mtimeMs > OVER_AFTER;
  const who = isHere ? `process ${id}` : `a run on ${host ?? 'another computer'}`;
  return { by: isOver ? undefined : who, text };
}

function parsed(text: string): { process?: number; host?: string } {
  try {
    const { process: id, host } = JSON.parse(text) as { process?: unknown; host?: unknown };
    return { ...(typeof id === 'number' && { process: id }), ...(typeof host === 'string' && { host }) };
  } catch {
    return {};
  }
}
