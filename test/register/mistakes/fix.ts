/**
 * Does what the fix of a diagnostic says, to the letter, as somebody would who knows nothing of YAML and nothing of Concordat. What
 * only a person can know (the real account, the right day), they know: it is what the sound register has at the place that
 * is pointed at, and nowhere else.
 */
import type { Diagnostic } from '../../../lib/register/diagnostic';
import { type Changed, linesOf } from './mistake';

/** What is known to whoever mends it, beyond the report: what was meant. */
export interface Known {
  readonly changed: readonly Changed[];
}

type Files = Map<string, Uint8Array>;

interface At {
  readonly each: Diagnostic;
  readonly files: Files;
  readonly known: Known;
}

/** How a fix is carried out; the words that it has in common with the pattern are handed over. */
type Act = (at: At, words: readonly string[]) => void;

export class NotToldHow extends Error {}

/** Fixes that say all that is to be done, the more exact first. */
const TO_THE_LETTER: readonly (readonly [RegExp, Act])[] = [
  [/^delete this mark/, (at) => deleteLines(at, [at.each.place.line])],
  [
    /^keep the lines that are right, and delete the others and the marks: lines (.*)$/,
    (at, [list = '']) => keepFirst(at, numbers(list)),
  ],
  [
    /^rename (?:it|the file) to ([\w/.-]+\.yaml)/,
    ({ each, files }, [to = '']) => {
      const bytes = files.get(each.place.file);
      if (bytes === undefined || files.has(to)) throw new NotToldHow('it would write over a file');
      files.delete(each.place.file);
      files.set(to, bytes);
    },
  ],
  [/^move it out of the register/, ({ each, files }) => void files.delete(each.place.file)],
  [/^move it below `(\w+):`, two spaces further in/, (at, [key = '']) => moveBelow(at, key)],
  [/^begin it in the first column of a line after this group/, moveOut],
  [/^(?:rename it to|use the \w+ spelling here:) `([^`]+)`/, replaceBy],
  [/^put it in quotes: (".*")$/, replaceBy],
  [/^write it in straight quotes: (".*")$/, replaceBy],
  [/^if it begins with 0, write (".*"), with/, replaceBy],
  [/^write (".*") if that is its account/, replaceBy],
  [/^write (".*"), the account of/, replaceBy],
  [/^put the text in quotes: (.*)$/, replaceRestOfLine],
  [/^write a space after it: (.*)$/, replaceRestOfLine],
  [/^write: (.*)$/, replaceRestOfLine],
  [/^write `id: ([\w-]+)`/, replaceBy],
  [/^write `([^`]+)` if that is meant/, replaceBy],
  [/^write `([^`]+)`/, replaceBy],
  [/^write (\d{4}-\d\d-\d\d)$/, replaceBy],
  [/^write (eu-west-\d|OFFICIAL|v3\.1\.0)\b/, replaceBy],
  [/^write (".*"|[^\s,:;]*[^\s,:;\w][^\s,:;]*|\w+)$/, replaceBy],
  [/^add `(\w+): ([^`…]+)`/, (at, [key = '', value = '']) => addSetting(at, key, value)],
  [
    /^(?:remove one of the two|keep one of the two, and remove the other|remove it from the recipients|remove it: |remove the line|remove it(?:$|,)|remove that line)/,
    (at) => removeHere(at),
  ],
  [/^remove `(\w+)`/, (at, [key = '']) => removeSetting(at, key)],
  [/^keep `\w+`, and remove `(\w+)`/, (at, [key = '']) => removeSetting(at, key)],
  [
    /^remove the tag/,
    (at) =>
      editLine(at, (line, column) => line.slice(0, column) + line.slice(column).replace(/^!\S*\s?/, '')),
  ],
  [/^end the text with (["']) as well$/, (at, [quote = '']) => editLine(at, (line) => line + quote)],
  [/^close it with (.), or/, (at, [bracket = '']) => editLine(at, (line) => line + bracket)],
  [/^replace the tab with two spaces/, (at) => editLine(at, (line) => line.replace(/\t/g, '  '))],
  [
    /^replace it with an ordinary space/,
    (at) => editLine(at, (line, column) => `${line.slice(0, column)} ${line.slice(column + 1)}`),
  ],
  [/^delete it, or type the line again/, (at) => replaceBy(at, [''])],
  [
    /^remove the character, or/,
    (at) => editLine(at, (line, column) => line.slice(0, column) + line.slice(column + 1)),
  ],
  [
    /^put one pair of double quotes round the whole text/,
    (at) =>
      editLine(at, (line) =>
        line.replace(
          /^( *(?:- )?(?:\w+: )?)(.*)$/,
          (_, before: string, text: string) => `${before}"${text.replace(/["']/g, '')}"`,
        ),
      ),
  ],
  [
    /^write a space after the dash$/,
    (at) => editLine(at, (line, column) => `${line.slice(0, column + 1)} ${line.slice(column + 1)}`),
  ],
  [
    /^begin it with (\d+|no) spaces?\b/,
    (at, [spaces = '']) => editLine(at, (line) => ' '.repeat(Number(spaces) || 0) + line.trimStart()),
  ],
  [
    /^after the colon, write `?(OFFICIAL|v3\.1\.0|eu-west-2|DataContract|"\d{12}")/,
    (at, [text = '']) => editLine(at, (line) => `${line} ${text}`),
  ],
  [
    /^write a dash and a space before it/,
    (at) => editLine(at, (line, column) => `${line.slice(0, column)}- ${line.slice(column)}`),
  ],
  [/^begin (?:it|the line|`\w+`) in the same column as/, reindent],
];

/** Fixes that ask for what a person knows: it is written at the place, and only there. */
const KNOWN =
  /^(?:begin|describe|leave|share|say|correct|list|where|after the colon|add|check|choose|copy|fill in|give|have|name|look|make|write|take it out|open it|end|start|let|remove|keep|the|use|move|put|save)\b/;

/** Carries out the fix of a diagnostic. Returns whether all of it stood in the fix. @throws NotToldHow */
export function doWhatItSays(each: Diagnostic, files: Files, known: Known): boolean {
  for (const [pattern, act] of TO_THE_LETTER) {
    const [, ...words] = pattern.exec(each.fix) ?? [undefined];
    if (!pattern.test(each.fix)) continue;
    act(
      { each, files, known },
      words.map((word) => word ?? ''),
    );
    return true;
  }
  if (!KNOWN.test(each.fix)) throw new NotToldHow(`no words that say what to do: ${each.fix}`);
  writeWhatIsKnown({ each, files, known });
  return false;
}

/**
 * The change that a diagnostic sends somebody to: by its place, or by a line that its words name. Of a file that is not there, or
 * has too many bytes, it is about all.
 */
export function changeAt(
  { place, message, fix }: Diagnostic,
  changed: readonly Changed[],
  isThere: (file: string) => boolean,
): Changed | undefined {
  const named = [...`${message} ${fix}`.matchAll(/([\w/.-]+\.yaml)(?::(\d+))?/g)].map(
    ([, file = '', line]) => ({ file, line: line === undefined ? undefined : Number(line) }),
  );
  const isOfAll = /^the file has [\d,]+ bytes/.test(message);
  return [{ file: place.file, line: place.line }, ...named]
    .map(({ file, line }) =>
      changed.find(
        (one) => one.file === file && (isOfAll || !isThere(file) || (line !== undefined && isIn(one, line))),
      ),
    )
    .find((one) => one !== undefined);
}

function isIn(change: Changed, line: number): boolean {
  return line === change.group || (line >= change.from && line < Math.max(change.to, change.from + 1));
}

function writeWhatIsKnown({ each, files, known }: At): void {
  const here = changeAt(each, known.changed, (file) => files.has(file));
  const { place } = each;
  if (here === undefined)
    throw new NotToldHow(`points at ${place.file}:${place.line}, where nothing was changed`);
  const { file } = here;
  const lines = linesOf(files.get(file) ?? Buffer.of());
  lines.splice(here.from - 1, here.to - here.from, ...here.sound);
  files.set(file, Buffer.from(lines.join('\n')));
}

function edit({ each, files }: At, change: (lines: string[]) => void): void {
  const bytes = files.get(each.place.file);
  if (bytes === undefined) throw new NotToldHow(`there is no file ${each.place.file}`);
  const lines = linesOf(bytes);
  change(lines);
  files.set(each.place.file, Buffer.from(lines.join('\n')));
}

function editLine(at: At, change: (line: string, column: number) => string): void {
  const { line, column } = at.each.place;
  edit(at, (lines) => void lines.splice(line - 1, 1, change(lines[line - 1] ?? '', column - 1)));
}

/** What the caret marks makes way for what is to be written. */
function replaceBy(at: At, [text = '']: readonly string[]): void {
  const { line, column, endLine, endColumn } = at.each.place;
  if (endLine !== line) throw new NotToldHow('several lines are marked');
  edit(at, (lines) => {
    const here = lines[line - 1] ?? '';
    lines[line - 1] = here.slice(0, column - 1) + text + here.slice(endColumn - 1);
  });
}

/** The whole of a line is given, from the name of its setting. */
function replaceRestOfLine(at: At, [text = '']: readonly string[]): void {
  editLine(at, (line) => `${/^ *(?:- )?/.exec(line)?.[0] ?? ''}${text}`);
}

function deleteLines(at: At, which: readonly number[]): void {
  edit(at, (lines) => {
    for (const line of [...which].sort((a, b) => b - a)) lines.splice(line - 1, 1);
  });
}

/** Of the versions between the marks, the first is right. */
function keepFirst(at: At, marks: readonly number[]): void {
  const [first = 0, second = 0] = marks;
  const last = marks.at(-1) ?? 0;
  deleteLines(at, [first, ...Array.from({ length: last - second + 1 }, (_, index) => second + index)]);
}

/** A setting or an item, with all that it holds. */
function removeHere(at: At): void {
  edit(at, (lines) => void lines.splice(at.each.place.line - 1, blockAt(lines, at.each.place.line - 1)));
}

function removeSetting(at: At, key: string): void {
  edit(at, (lines) => {
    const found = lines.flatMap((line, index) => (line.trimStart().startsWith(`${key}:`) ? [index] : []));
    const [one] = found;
    if (one === undefined || found.length > 1)
      throw new NotToldHow(`\`${key}\` stands ${found.length} times`);
    lines.splice(one, blockAt(lines, one));
  });
}

function blockAt(lines: readonly string[], from: number): number {
  const indent = indentOf(lines[from] ?? '');
  let length = 1;
  while (from + length < lines.length && lines[from + length]?.startsWith(`${indent} `)) length++;
  return length;
}

function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? '';
}

/** A setting is added to the group that is pointed at: before its first setting, or below its name. */
function addSetting(at: At, key: string, value: string): void {
  const { line } = at.each.place;
  edit(at, (lines) => {
    const here = lines[line - 1] ?? '';
    const opens = /^ *(\w+):$/.exec(here)?.[1];
    const isItsName = opens !== undefined && new RegExp(`\`${opens}\``).test(at.each.message);
    const before = /^ *- /.test(here) ? here.replace('- ', '  ') : here;
    const indent = isItsName ? `${indentOf(here)}  ` : indentOf(before);
    lines.splice(line, isItsName ? 0 : 0, `${indent}${key}: ${value}`);
  });
}

function moveBelow(at: At, key: string): void {
  edit(at, (lines) => {
    const from = at.each.place.line - 1;
    const block = lines.splice(from, blockAt(lines, from));
    const group = lines.findIndex((each) => each.trimStart().startsWith(`${key}:`));
    if (group < 0) throw new NotToldHow(`there is no \`${key}:\``);
    const indent = `${indentOf(lines[group] ?? '')}  `;
    const was = indentOf(block[0] ?? '');
    lines.splice(group + 1, 0, ...block.map((each) => indent + each.slice(was.length)));
  });
}

function moveOut(at: At): void {
  edit(at, (lines) => {
    const from = at.each.place.line - 1;
    const block = lines.splice(from, blockAt(lines, from));
    const was = indentOf(block[0] ?? '');
    const next = lines.findIndex((each, index) => index >= from && !each.startsWith(' '));
    lines.splice(next, 0, ...block.map((each) => each.slice(was.length)));
  });
}

/** As the line above that begins in an even column, of which there is one: what is a level is two spaces. */
function reindent(at: At): void {
  const { line } = at.each.place;
  edit(at, (lines) => {
    const here = lines[line - 1] ?? '';
    const above = lines[line - 2] ?? '';
    const below = lines[line] ?? '';
    const like = [above, below].filter(
      (each) => indentOf(each).length % 2 === 0 && /^ *- /.test(each) === /^ *- /.test(here),
    );
    const width = indentOf(here).length;
    const nearest = like
      .map((each) => indentOf(each))
      .sort((a, b) => Math.abs(a.length - width) - Math.abs(b.length - width))[0];
    if (nearest === undefined) throw new NotToldHow('no line beside it begins as it should');
    lines[line - 1] = nearest + here.trimStart();
  });
}

function numbers(list: string): number[] {
  return (list.match(/\d+/g) ?? []).map(Number);
}
