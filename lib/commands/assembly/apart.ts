/** Keeps apart folders each of which is replaced as a whole: what lies in another would go with it, or keep it from being made again. */
import { afterLinks, isWithin } from '../../disk';
import { UsageError } from '../option';
import type { Terminal } from '../terminal';

/** A folder as it was typed, and the option that names it, such as `--output`. */
interface Named {
  readonly folder: string;
  readonly option: string;
}

/** @throws UsageError where one is the other, or lies in it, by whatever links */
export function demandApart(one: Named, other: Named, { cwd }: Pick<Terminal, 'cwd'>): void {
  const first = afterLinks(one.folder, cwd);
  const second = afterLinks(other.folder, cwd);
  const lies =
    first === second
      ? 'are the same folder'
      : isWithin(first, second) || isWithin(second, first)
        ? 'lie one in the other'
        : undefined;
  if (lies !== undefined)
    throw new UsageError(
      `${one.option} ${one.folder} and ${other.option} ${other.folder} ${lies}, and each is replaced as a whole: name another folder with ${one.option} DIR`,
    );
}
