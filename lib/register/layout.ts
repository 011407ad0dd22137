/** Which files a register has, and what a file in the wrong place was probably meant to be. */

import { nearest } from '../words';
import { type Diagnostic, startOf } from './diagnostic';

/** The folders of a register. */
const FOLDER_NAMES = ['organisations', 'agreements', 'contracts', 'approvals'] as const;

/** Approvals are no YAML that people write: programs of others read them as they are. */
const ENDINGS: Readonly<Record<FolderName, string>> = {
  organisations: '.yaml',
  agreements: '.yaml',
  contracts: '.yaml',
  approvals: '.json',
};

/** A folder of a register. */
export type FolderName = (typeof FOLDER_NAMES)[number];

const PATHS =
  'zone.yaml, organisations/<id>.yaml, agreements/<id>.yaml, contracts/<id>.yaml and approvals/<name>.json';

/** Settings that every zone has, and hardly a zone.yaml of any other program: names of zones are many things. */
const OF_ZONES = /\b(?:awsOrganizationId|alertAddress|namePrefix)\b/;

/**
 * Whether a folder with a zone.yaml is a register, however faulty: the file says what zones say, or organisations lie beside it.
 * @param names of what lies in the folder
 */
export function isRegister(zoneText: string, names: readonly string[]): boolean {
  return OF_ZONES.test(zoneText) || names.includes('organisations' satisfies FolderName);
}

/** The folder that a file of a register lies in; undefined if the register has no such file. */
export function folderOf(path: string): FolderName | 'zone' | undefined {
  if (path === 'zone.yaml') return 'zone';
  const [folder, name, ...deeper] = path.split('/');
  if (name === undefined || deeper.length > 0) return undefined;
  return FOLDER_NAMES.find((each) => each === folder && name.endsWith(ENDINGS[each]));
}

/** The id that a file’s name claims. */
export function claimOf(path: string): string {
  return path.replace(/^.*\/|\.(?:yaml|json)$/g, '');
}

/** The fault of a file that a register does not have. */
export function unexpectedFile(path: string, text: string): Diagnostic {
  const renamed = meantPath(path) ?? pathByContent(path, text);
  return {
    code: 'unexpected-file',
    place: startOf(path),
    message: `${path} does not belong in a register`,
    allowed: PATHS,
    ...(renamed && { suggestion: renamed }),
    fix: renamed
      ? `rename it to ${renamed}`
      : path.endsWith('.yaml')
        ? 'move it to the folder that it belongs in, or out of the register'
        : 'move it out of the register, so that it is not taken for part of it',
  };
}

/** The fault of a register without its one file that every register has. */
export function missingZone(): Diagnostic {
  return {
    code: 'missing-file',
    place: startOf('zone.yaml'),
    message: 'the register has no zone.yaml',
    allowed: PATHS,
    fix: 'add zone.yaml, or check that this is the folder of a register',
  };
}

/** Settings that files of one folder begin a line with, and those of no other. */
const SETTINGS_OF: readonly (readonly [FolderName, RegExp])[] = [
  ['agreements', /^(?:lawfulBasis|recipients|reciprocal):/m],
  ['organisations', /^(?:membership|custody):/m],
  ['contracts', /^kind: *DataContract/m],
];

/** Where a file at the top belongs by what it says, under the name that it has. */
function pathByContent(path: string, text: string): string | undefined {
  if (!/^[^/]+\.yaml$/.test(path)) return undefined;
  const folder = SETTINGS_OF.find(([, settings]) => settings.test(text))?.[0];
  return folder && `${folder}/${path}`;
}

/** The path that a YAML file was probably meant to have. */
function meantPath(path: string): string | undefined {
  const name = path.replace(/^.*\//, '');
  if (!/\.ya?ml$/i.test(name)) return undefined;
  const file = name.replace(/\.ya?ml$/i, '.yaml');
  if (path === name) return nearest(file, ['zone.yaml'])?.word;
  const folder = nearest(path.replace(/\/.*$/, ''), FOLDER_NAMES)?.word;
  return folder && `${folder}/${file}`;
}
