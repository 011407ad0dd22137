/**
 * Under which name a collected object lies in a folder. An owner names objects as it likes, so a key is not to be trusted: it
 * never leads out of the folder, hides a file, stands for a device of Windows, or turns on a terminal. What may not stand in a
 * name is written as `%` and its bytes in hex, as in a URL, and `%` itself too: so two keys never have one name, but for names
 * that are too long, which are cut and end with a digest.
 * @see https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
import { bytesOf, hex, sha256 } from '../../ledger/core';

/** The most bytes of a name in the usual file systems are 255; a number may have to stand behind it. */
const MOST_BYTES = 240;
const MOST_ENDING = 16;

/**
 * Control and formatting characters (which can turn the order of a name round, so that it seems to end otherwise), what separates
 * lines, halves of surrogate pairs, and what Windows has a meaning for.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"/\\|?*%]/gu;
/** Devices of Windows, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))/i;
/** How a hidden file begins, and what Windows drops from the end of a name. */
const EDGES = /^\.|[. ]$/g;

/** The names of folders, and of the file last, below the folder of an agreement. @param rest the key without the agreement’s prefix */
export function localName(rest: string): readonly string[] {
  return rest.split('/').map(safeSegment);
}

/** The names in one: for where a file stands in the place of a folder. */
export function flatName(names: readonly string[]): readonly string[] {
  return [shortened(names.join('%2F'))];
}

/** The same with a number, `name (2).csv`, for where something else has the name. */
export function numbered(names: readonly string[], number: number): readonly string[] {
  const last = names.at(-1) ?? '';
  const { stem, ending } = parted(last);
  return [...names.slice(0, -1), `${stem} (${number})${ending}`];
}

function safeSegment(segment: string): string {
  // Between two slashes; no other key has this name, as a slash stands in none.
  if (segment === '') return '%2F';
  const safe = segment
    .replace(UNSAFE, percent)
    .replace(EDGES, percent)
    .replace(DEVICE, (device) => percent(device.slice(0, 1)) + device.slice(1));
  return shortened(safe);
}

function percent(character: string): string {
  return [...bytesOf(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function shortened(name: string): string {
  if (bytesOf(name).length <= MOST_BYTES) return name;
  const { stem, ending } = parted(name);
  const digest = hex(sha256(name)).slice(0, 16);
  let kept = '';
  let room = MOST_BYTES - bytesOf(ending).length - digest.length - 1;
  for (const character of stem) {
    room -= bytesOf(character).length;
    if (room < 0) break;
    kept += character;
  }
  return `${kept}~${digest}${ending}`;
}

function parted(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot) : '';
  return ending.length > MOST_ENDING || dot <= 0
    ? { stem: name, ending: '' }
    : { stem: name.slice(0, dot), ending };
}
