/** A fault that knows its setting but not yet its line; the file that it stands in turns it into a diagnostic. */
import type { Diagnostic } from '../diagnostic';
import type { Path, YamlSource } from '../yaml-source';
import { describe } from './wording';

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

/** The last name in a path, in back quotes, with the group that it belongs to: `kind` in `custody`. */
export function settingName(path: Path): string {
  const parts: string[] = [];
  for (const step of path) {
    if (typeof step === 'number') parts[parts.length - 1] = `${parts.at(-1) ?? 'item'}[${step + 1}]`;
    else parts.push(describe(step));
  }
  const last = parts.pop();
  const group = parts.join('.');
  if (last === undefined) return 'the file';
  return group === '' ? `\`${last}\`` : `\`${last}\` in \`${group}\``;
}
