/** Keeps what commands write out of registers: whatever lies in one is read as a part of it, and nothing could be checked any more. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './option';
import type { Terminal } from './terminal';

/**
 * @param place a file or folder that is to be written, as it was typed
 * @param how the user names another, such as `with --output DIR`; empty where it is the command’s own word
 * @throws UsageError if a folder above it, where links lead, has a zone.yaml
 */
export function demandOutsideRegisters(place: string, { cwd }: Pick<Terminal, 'cwd'>, how = ''): void {
  let above = dirname(resolve(cwd, place));
  while (!existsSync(above)) above = dirname(above);
  above = realpathSync(above);
  for (;;) {
    if (existsSync(join(above, 'zone.yaml')))
      throw new UsageError(
        `${place} would lie in the register ${above}, where nothing else may be: name a place outside it${how && ` ${how}`}`,
      );
    if (dirname(above) === above) return;
    above = dirname(above);
  }
}
