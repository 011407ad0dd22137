/** The file that a plan is saved in: written whole or not at all, and read back against the two assemblies. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterLinks, isWithin, ownPlace, writeWhole } from '../../disk';
import { parseSavedPlan, SAVED_PLAN_FORM, type SavedPlan, savedPlanText } from '../../wire';
import { UsageError } from '../option';
import { demandOutsideRegisters } from '../outside-registers';
import type { Terminal } from '../terminal';
import { textNamed } from '../unread';
import { unwritten } from '../unwritten';

/**
 * Sees that a plan can be saved there, before any work is done.
 * @param folders of the two assemblies: a file in one of them would be another file of it
 * @throws UsageError where it cannot
 */
export function checkPlanFile(
  path: string,
  folders: readonly string[],
  { cwd }: Pick<Terminal, 'cwd'>,
): void {
  const file = resolve(cwd, path);
  const place = ownPlace(path, cwd);
  const inside = folders.find((folder) => isWithin(place, afterLinks(folder, cwd)));
  if (inside !== undefined)
    throw new UsageError(
      `${path} is in ${inside}, and a plan is bound to every file there: name a file elsewhere with --out FILE`,
    );
  demandOutsideRegisters(path, { cwd }, 'with --out FILE');
  if (existsSync(file) && !isSavedPlan(file))
    throw new UsageError(`${path} is there and is no saved plan: name another file with --out FILE`);
}

/** Writes the whole file or nothing. @throws UsageError where nothing can be written */
export function writePlanFile(path: string, plan: SavedPlan, { cwd }: Pick<Terminal, 'cwd'>): void {
  const file = resolve(cwd, path);
  try {
    writeWhole(file, savedPlanText(plan));
  } catch (error) {
    throw unwritten(path, 'file with --out FILE', error);
  }
}

/** Reads one. @throws WireError with every problem, or UsageError where the file cannot be read */
export function readPlanFile(path: string, terminal: Pick<Terminal, 'cwd'>): SavedPlan {
  return parseSavedPlan(textNamed(path, 'name a plan that was saved with --out FILE', terminal), path);
}

function isSavedPlan(file: string): boolean {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { form?: unknown } | null)?.form === SAVED_PLAN_FORM;
  } catch {
    return false;
  }
}
