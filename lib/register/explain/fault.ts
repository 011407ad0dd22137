/** A fault that knows its setting but not yet its line; the file that it stands in turns it into a diagnostic. */

import { describe } from '../../words';
import type { Diagnostic } from '../diagnostic';
import type { Path, YamlSource } from '../yaml-source';

/** A fault at a setting of one file. */
export interface Fault extends Omit<Diagnostic, 'place'> {
  readonly path: Path;
  /** Whether the name of the setting is at fault, or its value. */
  readonly part: 'key' | 'value';
}

/** Gives a fault its line and column. */
export function locate(source: YamlSource, { path, part, ...rest }: Fault): Diagnostic {
  return { ...rest, place: source.place(path, part) };
}

/** What a path leads to, with the group or item that it stands in: `kind` in `custody`, `value` in item 1 of `identifiers`. */
export function settingName(path: Path): string {
  if (path.length === 0) return 'the file';
  const around = path.slice(0, typeof path.at(-1) === 'number' ? -2 : -1);
  return around.length === 0 ? lastName(path) : `${lastName(path)} in ${lastName(around)}`;
}

function lastName(path: Path): string {
  const last = path.at(-1);
  return typeof last === 'number'
    ? `item ${last + 1} of \`${describe(path.at(-2) ?? 'the file')}\``
    : `\`${describe(last)}\``;
}
