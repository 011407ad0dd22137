/**
 * The template that a StackSet holds as text: JSON, or the YAML that this project writes. Of YAML it reads nothing else: no anchor,
 * tag, comment or other bare word than a plain one, of which another reader could make another template.
 */
import { jsonOf } from './json-text';
import { isPlainWord } from './plain-word';

/** A text in quotes, a plain word as a key or as a value, a number, a word of JSON, or a mark. */
const TOKEN =
  /'((?:[^'\n]|'')*)'|([A-Za-z0-9]+)(?:(: )|(?=[,\]}]))|-?\d+(?:\.\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:]/y;
/** What `word` above finds, too, and is none. */
const OF_JSON = /^(?:-?\d+|true|false|null)$/;
const SECTION = /^'(\w+)':(?: (.+))?$/;
const RESOURCE = /^ '(\w+)': (.+)$/;

/** Reads a template. @throws SyntaxError where it is neither JSON nor written as this project writes it */
export function stackSetTemplate(text: string): unknown {
  if (!text.startsWith("'")) return jsonOf(text);
  const sections = new Map<string, unknown>();
  let within: Map<string, unknown> | undefined;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [, section, value] = SECTION.exec(line) ?? [];
    if (section !== undefined) {
      within = value === undefined ? new Map() : undefined;
      put(sections, section, within ?? jsonOf(asJson(value ?? '')));
      continue;
    }
    const [, id, resource] = RESOURCE.exec(line) ?? [];
    if (within === undefined || id === undefined || resource === undefined)
      throw new SyntaxError(`${line.slice(0, 40)} is no line of a template`);
    put(within, id, jsonOf(asJson(resource)));
  }
  return Object.fromEntries(
    [...sections].map(([name, each]) => [name, each instanceof Map ? Object.fromEntries(each) : each]),
  );
}

function put(into: Map<string, unknown>, name: string, value: unknown): void {
  if (into.has(name)) throw new SyntaxError(`${name} is there twice`);
  into.set(name, value);
}

/** The same in the quotes of JSON. */
function asJson(flow: string): string {
  let json = '';
  for (let at = 0; at < flow.length; ) {
    TOKEN.lastIndex = at;
    const [token, text, word, isKey] = TOKEN.exec(flow) ?? [];
    if (token === undefined) throw new SyntaxError(`${flow.slice(at, at + 40)} is not understood`);
    if (word !== undefined && isPlainWord(word)) json += `"${word}"${isKey === undefined ? '' : ':'}`;
    else if (word !== undefined && !OF_JSON.test(token)) throw new SyntaxError(`${token} is no plain word`);
    else json += text === undefined ? token : JSON.stringify(text.replaceAll("''", "'"));
    at += token.length;
  }
  return json;
}
