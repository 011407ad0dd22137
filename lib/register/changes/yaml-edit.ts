/** Small edits to the text of a register file: what is not edited keeps every byte, comments included. */
import { isCollection, isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import type { RegisterFile } from '../folder';
import { parseYaml } from '../yaml-parse';

/**
 * A text as a YAML scalar: plain where YAML 1.1 and 1.2 both read the same text, else in double quotes (a JSON string is
 * one). A date is written plain, as everywhere in the register, though YAML 1.1 may read it as a timestamp.
 */
export function scalar(text: string): string {
  const plain =
    /^(?:[A-Za-z][\w ,.()’&/-]*[\w.)’]|[A-Za-z]|\d{4}-\d\d-\d\d|arn:aws:[\w+=,.@:/-]+|[a-z0-9._+-]+@[a-z0-9.-]+)$/;
  const word = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
  return plain.test(text) && !word.test(text) ? text : JSON.stringify(text);
}

/** A setting whose value is a list of texts, as lines. */
export function listLines(name: string, items: readonly string[]): string[] {
  return items.length === 0 ? [`${name}: []`] : [`${name}:`, ...items.map((item) => `  - ${scalar(item)}`)];
}

/**
 * The file with another value for a setting that has a text as its value.
 * @throws RangeError if the file has no such setting, which one that was checked cannot meet
 */
export function withText(
  file: RegisterFile,
  path: readonly (string | number)[],
  value: string,
): RegisterFile {
  const text = textOf(file);
  const node = parseYaml(text, 'failsafe')?.getIn(path, true);
  if (!isScalar(node) || !node.range) throw new RangeError(`${file.path} has no setting ${path.join('.')}`);
  const [from, to] = node.range;
  const isBlock = /^[|>]/.test(text.slice(from, to));
  return saved(file, text.slice(0, from) + scalar(value) + (isBlock ? newlineOf(text) : '') + text.slice(to));
}

/** The file with the lines of a setting at its top level: in place of those that are there, else at the end. */
export function withSetting(file: RegisterFile, name: string, lines: readonly string[]): RegisterFile {
  const text = textOf(file);
  const newline = newlineOf(text);
  const there = extentOf(text, name);
  if (there !== undefined)
    return saved(file, text.slice(0, there.from) + lines.join(newline) + text.slice(there.to));
  const before = text === '' || text.endsWith('\n') ? text : text + newline;
  return saved(file, before + [...lines, ''].join(newline));
}

/** The lines of a setting of the top level as they stand, its comments included; none where the file has no such setting. */
export function settingLines(file: RegisterFile, name: string): string[] {
  const text = textOf(file);
  const there = extentOf(text, name);
  return there === undefined ? [] : text.slice(there.from, there.to).split(/\r?\n/);
}

/** The file without a setting of its top level; the same file where it has none. */
export function withoutSetting(file: RegisterFile, name: string): RegisterFile {
  const text = textOf(file);
  const there = extentOf(text, name);
  if (there === undefined) return file;
  const rest = text.slice(there.to).replace(/^\r?\n/, '');
  return saved(file, text.slice(0, there.from) + rest);
}

/**
 * The file with other lines for a setting within groups, or without it: in place of those that are there, else at the end of
 * its group. The lines are indented as the others of the group are.
 * @param lines as they would stand at the top of a file; none to take the setting out
 * @throws RangeError where there is no such group, or it stands on one line
 */
export function withSettingIn(
  file: RegisterFile,
  groups: readonly string[],
  name: string,
  lines: readonly string[],
): RegisterFile {
  const text = textOf(file);
  const group = parseYaml(text, 'failsafe')?.getIn(groups, true);
  const column =
    isMap(group) && !group.flow ? columnOf(text, group.items[0]?.key as Node | undefined) : undefined;
  if (!isMap(group) || column === undefined)
    throw new RangeError(`${file.path} has no group ${groups.join('.')} of one setting a line`);
  const newline = newlineOf(text);
  const indent = ' '.repeat(column);
  const own = lines.map((line) => indent + line).join(newline);
  const there = extentIn(text, group, name);
  if (there !== undefined) {
    const begin = there.from - column;
    const rest = text.slice(there.to);
    return saved(file, text.slice(0, begin) + (lines.length === 0 ? rest.replace(/^\r?\n/, '') : own + rest));
  }
  if (lines.length === 0) return file;
  const last = lastOf(group)?.range?.[1] ?? text.length;
  const end = last + (text.slice(0, last).endsWith('\n') ? -newline.length : 0);
  return saved(file, text.slice(0, end) + newline + own + text.slice(end));
}

function columnOf(text: string, node: Node | undefined): number | undefined {
  const from = node?.range?.[0];
  return from === undefined ? undefined : from - (text.lastIndexOf('\n', from - 1) + 1);
}

/** The file with comment lines below the comments that it begins with. */
export function withComment(file: RegisterFile, lines: readonly string[]): RegisterFile {
  const text = textOf(file);
  const newline = newlineOf(text);
  const head = /^(?:#.*\r?\n)*/.exec(text)?.[0] ?? '';
  return saved(file, head + lines.map((line) => `# ${line}${newline}`).join('') + text.slice(head.length));
}

/** The text of a file. */
export function textOf(file: RegisterFile): string {
  return Buffer.from(file.bytes).toString('utf8');
}

function saved(file: RegisterFile, text: string): RegisterFile {
  return { path: file.path, bytes: Buffer.from(text) };
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** From the first character of a top-level setting to the last of its last line, without the line’s end. */
function extentOf(text: string, name: string): { from: number; to: number } | undefined {
  const contents = parseYaml(text, 'failsafe')?.contents;
  return isMap(contents) ? extentIn(text, contents, name) : undefined;
}

function extentIn(text: string, group: YAMLMap, name: string): { from: number; to: number } | undefined {
  const pair = group.items.find(({ key }) => isScalar(key) && key.value === name);
  const from = (pair?.key as Node | undefined)?.range?.[0];
  if (pair === undefined || from === undefined) return undefined;
  const last = lastOf(pair.value as Node | null) ?? (pair.key as Node);
  const value = text.slice(from, last.range?.[1] ?? from).trimEnd();
  const end = text.slice(from + value.length).search(/\r?\n|$/);
  return { from, to: from + value.length + end };
}

/** Collections count the lines after them as their own, so the end is that of the last thing in them. */
function lastOf(node: Node | null): Node | undefined {
  if (node === null) return undefined;
  if (!isCollection(node) || node.flow || node.items.length === 0) return node;
  const last = node.items.at(-1) as { value?: Node | null; key?: Node } | Node;
  const inner = 'key' in last ? ((last.value ?? last.key) as Node) : (last as Node);
  return lastOf(inner);
}
