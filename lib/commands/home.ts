/** Finds the settings of the zone in whose folder, or below it, somebody types. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readSettings, SETTINGS_FILE, type Settings, textReport } from '../register';
import { FaultyInput } from './option';
import { type Places, USUAL } from './places';
import type { Terminal } from './terminal';

/**
 * The folders that are meant in the current one. Where it has a register but no settings, that register is nearer than any
 * settings further up.
 * @throws FaultyInput where the settings are faulty, or are not of the register that they name
 */
export function placesFrom({ cwd, colour, width }: Terminal): Places {
  const home = homeAbove(cwd);
  if (home === undefined || (home !== cwd && existsSync(join(cwd, USUAL.register, 'zone.yaml'))))
    return USUAL;
  const up = relative(cwd, home).split(sep).join('/');
  const read = readSettings(readFileSync(join(home, SETTINGS_FILE)), (register) => {
    const path = join(home, register, 'zone.yaml');
    return existsSync(path) ? { path: 'zone.yaml', bytes: readFileSync(path) } : undefined;
  });
  if (!read.ok) throw new FaultyInput(textReport({ ...read, folder: up === '' ? '.' : up }, colour, width));
  return placesIn(read.settings, up);
}

function placesIn({ register, assembly, evidence, joining }: Settings, up: string): Places {
  const from = (path: string) => (up === '' ? path : `${up}/${path}`);
  return {
    register: from(register),
    assembly: from(assembly),
    evidence: from(evidence),
    joining: from(joining),
    own: true,
  };
}

function homeAbove(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, SETTINGS_FILE))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
