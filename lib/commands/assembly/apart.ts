/** Keeps apart folders each of which is replaced as a whole: what lies in another would go with it, or keep it from being made again. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../option';
import type { Terminal } from '../terminal';

/** A folder as it was typed, and the option that names it, such as `--output`. */
interface Named {
  readonly folder: string;
  readonly option: string;
}

/** @throws UsageError where one is the other, or lies in it, by whatever links */
export function demandApart(one: Named, other: Named, { cwd }: Pick<Terminal, 'cwd'>): void {
  const [first, second] = [one, other].map(({ folder }) => trulyAt(resolve(cwd, folder))) as [string, string];
  const lies =
    first === second
      ? 'are the same folder'
      : isBelow(first, second) || isBelow(second, first)
        ? 'lie one in the other'
        : undefined;
  if (lies !== undefined)
    throw new UsageError(
      `${one.option} ${one.folder} and ${other.option} ${other.folder} ${lies}, and each is replaced as a whole: name another folder with ${one.option} DIR`,
    );
}

function isBelow(folder: string, above: string): boolean {
  return folder.startsWith(above.endsWith(sep) ? above : `${above}${sep}`);
}

/** Where it is once it is made: links lead as far as there is anything. */
function trulyAt(path: string): string {
  return existsSync(path) || dirname(path) === path
    ? realpathSync(path)
    : join(trulyAt(dirname(path)), basename(path));
}
