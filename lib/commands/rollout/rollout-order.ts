/** Writes what the engine of rollouts carries out: the folder that a pipeline uploads. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type FolderKind, makeOwnFolder } from '../../disk';
import { byHandLines, type Order, type Ordered, orderOf } from '../../rollout';
import { plural } from '../../words';
import { orNameAnother } from '../made-folder';
import { UsageError } from '../option';
import { EXIT, type ExitCode, type Terminal } from '../terminal';

/** Files are called by their digests, and are uploaded from here once: an earlier order may go. */
const ORDER: FolderKind = {
  what: 'order of a rollout',
  isOne: (held) => held.includes('orders'),
  part: () => (path) => (/^(?:files|orders)(?:\/|$)/.test(path) ? 'as made' : 'strange'),
};

/**
 * Writes it, whole or not at all, and says how it is started. Exits 5 where something has to be done by hand before a further order.
 * @param folder where it is written; `after` is the folder of the later assembly, as the caller names it
 * @throws UsageError where there is nothing to carry out, or it is nothing that the engine does
 */
export async function orderWritten(
  folder: string,
  { after, ...ordered }: Ordered & { readonly after: string },
  { cwd, out, err }: Terminal,
): Promise<ExitCode> {
  const { order, digest, files, until } = orderMade(ordered);
  if (order.waves.length === 0)
    throw new UsageError(
      until === undefined
        ? 'the plan has nothing that a rollout deploys'
        : `something is to be done by hand first:\n${byHandLines(until, { folder: after }).join('\n')}\nThen give --done and its names`,
    );
  await orNameAnother(folder, 'with --order FOLDER', { cwd }, () =>
    makeOwnFolder(resolve(cwd, folder), ORDER, (fresh) => {
      for (const [name, bytes] of files) {
        mkdirSync(dirname(join(fresh, name)), { recursive: true });
        writeFileSync(join(fresh, name), bytes);
      }
    }),
  );
  const accounts = order.waves.reduce((sum, each) => sum + each.accounts, 0);
  err(
    `${folder} has ${plural(files.size, 'file')} for ${plural(order.waves.length, 'wave')} over ${plural(accounts, 'account')}. ${order.widenings.length > 0 ? 'It widens access: the engine waits for an approval.' : 'It widens no access: the engine waits for an approval all the same, unless zone.yaml says otherwise.'}\n`,
  );
  // What a pipeline starts the engine with.
  out(`${JSON.stringify({ order: digest })}\n`);
  if (until === undefined) return EXIT.clean;
  err(`${byHandLines(until, { folder: after }).join('\n')}\n`);
  return EXIT.unfinished;
}

/** The order of a plan. @throws UsageError where it is nothing that the engine does */
export function orderMade(ordered: Ordered): Order {
  try {
    return orderOf(ordered);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
