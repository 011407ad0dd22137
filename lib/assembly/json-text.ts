/**
 * JSON as every reader takes it. Of two members of one name in one group some readers take the first and some the last, so a text
 * that has two is not read: what is judged here would be one, and what is deployed could be the other.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
import { AssemblyError } from './errors';

/** A text in quotes, with the colon that makes it a name; or where a group or a list begins or ends. */
const MARK = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\]]/g;

/** What a text holds. @throws SyntaxError if it is not JSON, or has a member twice; it names the member from the outermost on */
export function jsonOf(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isWrittenAs(value, text)) return value;
  const twice = memberTwice(text);
  if (twice !== undefined) throw new MemberTwice(`${twice} is there twice`);
  return value;
}

/**
 * What a text of an assembly holds.
 * @param what the text is, as the error names it
 * @throws AssemblyError if it is not JSON, or has a member twice
 */
export function jsonFor(text: string, what: string): unknown {
  try {
    return jsonOf(text);
  } catch (cause) {
    if (cause instanceof MemberTwice)
      throw new AssemblyError(
        `${what}: ${cause.message}, and readers differ in which of them counts: synthesise the assembly again`,
        { cause },
      );
    throw new AssemblyError(`${what} is not JSON: synthesise the assembly again`, { cause });
  }
}

/** A text is JSON, and has a member twice. */
class MemberTwice extends SyntaxError {
  override readonly name = 'MemberTwice';
}

/** Whether the text is the value written out again, as nearly all are: then it has nothing that the value has not. */
function isWrittenAs(value: unknown, text: string): boolean {
  const indent = /^[{[]\n( *)/.exec(text)?.[1] ?? '';
  return text.trimEnd() === JSON.stringify(value, null, indent);
}

/** Where the first member stands whose name was there before: `Resources.Bucket.Type`. The text is JSON. */
function memberTwice(text: string): string | undefined {
  /** The name that was read last; a list has none. */
  const open: { readonly names: Set<string>; last?: string }[] = [];
  for (const [mark, quoted, colon] of text.matchAll(MARK)) {
    if (mark === '{' || mark === '[') open.push({ names: new Set() });
    else if (mark === '}' || mark === ']') open.pop();
    const group = open.at(-1);
    if (quoted === undefined || colon === undefined || group === undefined) continue;
    // Escapes are another way of writing the same name.
    const name = JSON.parse(`"${quoted}"`) as string;
    group.last = name;
    if (group.names.has(name)) {
      const path = open.flatMap(({ last }) => last ?? []);
      return path.map((each) => (each === '' ? '""' : each)).join('.');
    }
    group.names.add(name);
  }
  return undefined;
}
