/**
 * Parses a file of one YAML document. The parser reads tokens one after the other, but composes them by recursion; so
 * how deep they nest is looked at in between. A regular expression compiled at the end of the stack would end Node.js.
 */
import { Composer, CST, type Document, Parser, YAMLParseError } from 'yaml';

/** No register file is nested as deeply; code that walks a file may recurse so far. */
export const DEEPEST = 100;

/** The document, which may have errors; undefined if it is nested too deeply. */
export function parseYaml(text: string, schema: 'failsafe' | 'core'): Document.Parsed | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined || isDeeperThan(tokens, DEEPEST)) return undefined;
  const composer = new Composer({
    schema,
    version: '1.2',
    prettyErrors: false,
    stringKeys: true,
    // Reported elsewhere: the parser’s own check compares every key with every other.
    uniqueKeys: false,
  });
  const [document, further] = composer.compose(tokens, true, text.length);
  if (document && further) {
    const [from, to] = further.range;
    document.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', 'a further document'));
  }
  return document;
}

function tokensOf(text: string): CST.Token[] | undefined {
  try {
    return [...new Parser().parse(text)];
  } catch (error) {
    // Where many levels end on one line, the tokens are handed up through all of them.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isDeeperThan(tokens: readonly CST.Token[], levels: number): boolean {
  let here = tokens.flatMap((token) => (token.type === 'document' ? (token.value ?? []) : []));
  for (let level = 0; here.length > 0; level++) {
    if (level > levels) return true;
    here = here.flatMap((token) =>
      CST.isCollection(token) ? token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()) : [],
    );
  }
  return false;
}
