/** Keeps what commands write out of registers: whatever lies in one is read as a part of it, and nothing could be checked any more. */
import { above, ownPlace } from '../disk';
import { isRegisterFolder } from '../register';
import { UsageError } from './option';
import type { Terminal } from './terminal';

/**
 * @param place a file or folder that is to be written, as it was typed
 * @param how the user names another, such as `with --output DIR`; empty where it is the command’s own word
 * @throws UsageError if a folder above it, where links lead, is a register
 */
export function demandOutsideRegisters(place: string, { cwd }: Pick<Terminal, 'cwd'>, how = ''): void {
  const register = above(ownPlace(place, cwd)).find(isRegisterFolder);
  if (register !== undefined)
    throw new UsageError(
      `${place} would lie in the register ${register}, where nothing else may be: name a place outside it${how && ` ${how}`}`,
    );
}
