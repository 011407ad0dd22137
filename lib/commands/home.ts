/** Reads the settings of the zone in whose folder, or below it, somebody types. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readSettings, type Settings, textReport } from '../register';
import { SETTINGS_FILE } from '../register/settings-file';
import { homeOf } from './home-folder';
import { FaultyInput } from './option';
import { type Places, placesOf, USUAL } from './places';
import type { Terminal } from './terminal';
import { bytesNamed } from './unread';

/**
 * The folders that are meant in the current one: by the settings of its zone, or the usual ones.
 * @throws FaultyInput where the settings are faulty, or are not of the register that they name
 */
export function placesFrom({ cwd, colour, width }: Terminal): Places {
  const home = homeOf(cwd);
  if (home === undefined) return USUAL;
  const up = relative(cwd, home).split(sep).join('/');
  const bytesOf = (path: string) => bytesNamed(join(up, path), 'change that', { cwd });
  const read = readSettings(bytesOf(SETTINGS_FILE), (register) => {
    const path = join(register, 'zone.yaml');
    return existsSync(join(home, path)) ? { path: 'zone.yaml', bytes: bytesOf(path) } : undefined;
  });
  if (!read.ok) throw new FaultyInput(textReport({ ...read, folder: up === '' ? '.' : up }, colour, width));
  return placesIn(read.settings, up);
}

/**
 * The folders of the zone that a register is of, wherever that is typed: by the settings of that zone, and beside the register
 * where it has none.
 * @param register as it is typed in the current folder
 * @throws FaultyInput where those settings are faulty
 */
export function placesOfRegister(register: string, terminal: Terminal): Places {
  const here = placesOf(terminal);
  if (register === here.register) return here;
  const { cwd } = terminal;
  const above = dirname(resolve(cwd, register));
  const folder = isAbsolute(register) ? above : relative(cwd, above);
  const from = (path: string) => join(folder, path).split(sep).join('/');
  const of = (places: Places): Places => ({
    register: from(places.register),
    assembly: from(places.assembly),
    evidence: from(places.evidence),
    joining: from(places.joining),
    home: from(places.home),
    own: places.own,
  });
  const settled = of(placesFrom({ ...terminal, cwd: above }));
  return resolve(cwd, settled.register) === resolve(cwd, register) ? settled : of(USUAL);
}

/** The folder of documents of a zone, where none is named. @throws FaultyInput as `placesOfRegister` */
export function documentsOf(register: string, terminal: Terminal): string {
  return join(placesOfRegister(register, terminal).home, 'documents');
}

function placesIn({ register, assembly, evidence, joining }: Settings, up: string): Places {
  const from = (path: string) => (up === '' ? path : `${up}/${path}`);
  return {
    register: from(register),
    assembly: from(assembly),
    evidence: from(evidence),
    joining: from(joining),
    home: up === '' ? '.' : up,
    own: true,
  };
}
