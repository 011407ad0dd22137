/**
 * What a filled-in document says, label by label, as `agreement document` writes labels: of a page in HTML or of an OpenDocument text.
 * Of both only texts are taken. Nothing is fetched, no entity but those of characters is expanded, and a package is not unpacked
 * beyond what an agreement can fill.
 */
import { Parser } from 'htmlparser2';
import * as yauzl from 'yauzl';

/** A document that is none of ours, or in no state to be read. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** Labels and what stands beside each, line by line, in the order of the document. */
export type FilledIn = readonly (readonly [label: string, text: string])[];

/** The document of the longest agreement that the register takes is well below it. */
const MOST_BYTES = 16 * 1024 * 1024;
/** More labels, and more text beside them, no agreement has: what has more is told at once, and not looked at label by label. */
const MOST_LABELS = 1_000;
const MOST_TEXT = 1024 * 1024;
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** Reads either. @throws DocumentError with what to do */
export async function filledIn(bytes: Uint8Array): Promise<FilledIn> {
  if (ZIP.every((byte, index) => bytes[index] === byte)) return inOpenDocument(await contentOf(bytes));
  if (bytes.length > MOST_BYTES)
    throw new DocumentError('it is larger than any agreement: give the document alone');
  const text = inUtf8(bytes);
  if (!/<html[\s>]/i.test(text.slice(0, 4096)))
    throw new DocumentError(
      'it is neither a page nor an OpenDocument text: save it as .odt or .html, as `agreement document` writes it',
    );
  if (!/<\/html>\s*$/i.test(text.slice(-4096)))
    throw new DocumentError(
      'it breaks off before its end, and with it what was filled in: save or copy it again',
    );
  return inPage(text);
}

/** @throws DocumentError: other characters than were written would be taken for those of the agreement */
function inUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DocumentError('its characters are not in UTF-8: save it again with that encoding, or as .odt', {
      cause,
    });
  }
}

/** Counts what is taken. @throws DocumentError */
class Bounds {
  #text = 0;
  #labels = 0;

  text(piece: string): string {
    this.#text += piece.length;
    if (this.#text > MOST_TEXT) throw tooMuch();
    return piece;
  }

  label(): void {
    this.#labels += 1;
    if (this.#labels > MOST_LABELS) throw tooMuch();
  }
}

function tooMuch(): DocumentError {
  return new DocumentError('it holds more than any agreement: give the document alone');
}

/** A line that ends in the source is a space on the page. Each is looked at once, however many spaces stand beside it. */
function inOneLine(piece: string): string {
  return piece
    .split(/\r?\n/)
    .map((line, index, all) => {
      const begun = index === 0 ? line : line.trimStart();
      return index === all.length - 1 ? begun : begun.trimEnd();
    })
    .join(' ');
}

/** The labels of a page: `<dt>` and the `<dd>` beside it. */
function inPage(text: string): FilledIn {
  const entries: [string, string][] = [];
  let held: string | undefined;
  let label = '';
  const bounds = new Bounds();
  // A paragraph of its own, as word processors write them, is a line of its own.
  const newLine = (name: string) => {
    if (BLOCKS.has(name) && held !== undefined && held !== '' && !/\n(?:– )?$|^– $/.test(held)) held += '\n';
  };
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (name === 'dt' || name === 'dd') held = '';
        newLine(name);
        if (name === 'li' && held !== undefined) held += ITEM;
        if (name === 'br' && held !== undefined) held += bounds.text('\n');
        if (name === 'del' || name === 'ins') throw marked();
      },
      ontext: (piece) => {
        // Spaces between two paragraphs are none of either.
        const parts = held !== undefined && /\n(?:– )?$|^– $/.test(held) && piece.trim() === '';
        if (held !== undefined && !parts) held += bounds.text(inOneLine(piece));
      },
      onclosetag: (name) => {
        newLine(name);
        if (held === undefined) return;
        if (name === 'dt') label = held;
        if (name === 'dd') bounds.label();
        if (name === 'dd') entries.push([label.trim(), linesOf(held)]);
        if (name === 'dt' || name === 'dd') held = undefined;
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(text);
  return entries;
}

/** What an item of a list begins with. */
const ITEM = '– ';

const BLOCKS: ReadonlySet<string> = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'table',
  'tr',
  'blockquote',
  'pre',
]);

/** The labels of an OpenDocument text: paragraphs in the styles Label and Value, whatever a word processor calls its own of them. */
function inOpenDocument(xml: string): FilledIn {
  const entries: [string, string][] = [];
  const parents = new Map<string, string>();
  let held: { readonly style: string; text: string } | undefined;
  // The first paragraph of an item of a list is what stands behind its mark.
  let isItem = false;
  const bounds = new Bounds();
  // Depth within what is no text of the document: notes and remarks.
  let aside = 0;
  let style: { readonly name: string; readonly parent: string } | undefined;
  const named = (name: string): string => {
    for (let at = name, left = 8; left > 0; left--) {
      const parent = parents.get(at);
      if (parent === undefined || at === 'Label' || at === 'Value') return at;
      at = parent;
    }
    return name;
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === 'text:tracked-changes') throw marked();
        if (ASIDE.has(name)) aside += 1;
        if (aside > 0) return;
        if (name === 'style:style') {
          style = {
            name: attributes['style:name'] ?? '',
            parent: attributes['style:parent-style-name'] ?? '',
          };
          if (style.parent !== '') parents.set(style.name, style.parent);
        }
        if (name === 'text:list-item') isItem = true;
        if (name === 'text:p' || name === 'text:h')
          held = { style: attributes['text:style-name'] ?? '', text: '' };
        if (held === undefined) return;
        if (name === 'text:line-break') held.text += '\n';
        if (name === 'text:tab') held.text += '\t';
        if (name === 'text:s')
          held.text += bounds.text(
            ' '.repeat(Math.min(1000, Math.max(1, Number(attributes['text:c'] ?? 1) || 1))),
          );
      },
      ontext: (piece) => {
        if (aside === 0 && held !== undefined) held.text += bounds.text(inOneLine(piece));
      },
      onclosetag: (name) => {
        if (ASIDE.has(name)) aside -= 1;
        if (aside > 0) return;
        if (name !== 'text:p' && name !== 'text:h') return;
        const last = entries.at(-1);
        const { style: of, text } = held ?? { style: '', text: '' };
        const mark = isItem ? ITEM : '';
        held = undefined;
        isItem = false;
        const kind = named(of);
        if (kind === 'Label') bounds.label();
        if (kind === 'Label') entries.push([text.trim(), '']);
        // Whoever begins a new paragraph means a new line.
        else if (kind === 'Value' && last !== undefined)
          last[1] = `${last[1]}${last[1] === '' ? '' : '\n'}${mark}${linesOf(text)}`;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return entries;
}

const ASIDE: ReadonlySet<string> = new Set(['office:annotation', 'text:note']);

function marked(): DocumentError {
  return new DocumentError(
    'it holds changes that nobody has accepted, and nobody could say which text is meant: accept or reject all of them, and save it',
  );
}

function linesOf(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** `content.xml` of a package. What a package says of its sizes is held to what it holds. */
async function contentOf(bytes: Uint8Array): Promise<string> {
  try {
    const archive = await yauzl.fromBufferPromise(Buffer.from(bytes), {
      lazyEntries: true,
      validateEntrySizes: true,
    });
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName !== 'content.xml') continue;
      if (entry.uncompressedSize > MOST_BYTES)
        throw new DocumentError('its text is larger than that of any agreement: give the document alone');
      const pieces: Buffer[] = [];
      for await (const piece of await archive.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
      return Buffer.concat(pieces).toString('utf8');
    }
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError(
      `its package cannot be read (${(error as Error).message}): save it again as .odt`,
      {
        cause: error,
      },
    );
  }
  throw new DocumentError(
    'it is a package without content.xml, and so no OpenDocument text: save it as .odt',
  );
}
