/** Finds the folder of the zone in which, or below which, somebody types; its settings are read elsewhere, where there are any. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SETTINGS_FILE } from '../register/settings-file';
import { USUAL } from './places';

/**
 * The nearest folder with settings, from this one upwards; undefined where there is none. Where this one has a register but no
 * settings, that register is nearer than any settings further up.
 */
export function homeOf(cwd: string): string | undefined {
  const home = homeAbove(cwd);
  return home !== cwd && existsSync(join(cwd, USUAL.register, 'zone.yaml')) ? undefined : home;
}

function homeAbove(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, SETTINGS_FILE))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
