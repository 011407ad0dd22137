/** The sample register as of the day that tests pin, and changes of it. */
import { dateOf, type IsoDate } from '../../lib/register/calendar';
import type { RegisterFile } from '../../lib/register/folder';
import { loadRegister } from '../../lib/register/load';
import type { Register } from '../../lib/register/register';
import { SAMPLE } from '../register/samples';

/** The day as of which tests read what was made, unless one says another. */
export const AS_OF = dateOf('2026-12-01');

/** A register made from files that hold together. */
export function registerOf(files: readonly RegisterFile[] = SAMPLE, asOf: IsoDate = AS_OF): Register {
  const loaded = loadRegister(files, asOf);
  if (loaded.ok) return loaded.register;
  throw new Error(loaded.diagnostics.map(({ place, message }) => `${place.file}: ${message}`).join('\n'));
}
