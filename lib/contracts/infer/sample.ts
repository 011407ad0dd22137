/** Reads the first rows of a file for a guess: a bounded part of it, as text, without the speed and the places of the engine. */

/** What a sample is read up to. */
export const MOST_ROWS = 20_000;
/** In bytes of the file, or of the text that values of Parquet come to. */
export const MOST_BYTES = 64_000_000;
const MOST_COLUMNS = 10_000;

/** The file is of no form that a sample could be read of. The message says what and where. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
}

/**
 * The rows of CSV (RFC 4180), the header first, each a list of texts.
 * @throws SampleError where it is no CSV in UTF-8
 */
export async function* csvRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void> {
  let fields: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  let after = '';
  const end = { early: false };
  for await (const char of characters(pieces, end)) {
    const carriage = after === '\r';
    after = char;
    if (state === 'quoted') {
      if (char === '"') state = 'closed';
      else field += char;
      continue;
    }
    if (char === '\n' && carriage) continue;
    if (char === '"' && state === 'closed') {
      field += '"';
      state = 'quoted';
    } else if (char === '"' && state === 'start') state = 'quoted';
    else if (char === ',' || char === '\n' || char === '\r') {
      fields.push(field);
      if (fields.length > MOST_COLUMNS) throw new SampleError(`a row has more than ${MOST_COLUMNS} fields`);
      field = '';
      state = 'start';
      if (char === ',') continue;
      if (fields.length > 1 || fields[0] !== '') yield fields;
      fields = [];
    } else if (char === '"' || state === 'closed')
      throw new SampleError('there is a quote within a value: the file is no CSV as RFC 4180 has it');
    else {
      field += char;
      state = 'plain';
    }
  }
  if (end.early) return;
  if (state === 'quoted') throw new SampleError('a quote is never closed');
  if (field !== '' || fields.length > 0) yield [...fields, field];
}

/** The objects of JSON Lines. @throws SampleError where a line is none */
export async function* jsonRows(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Readonly<Record<string, unknown>>, void> {
  let line = '';
  let number = 0;
  const parsed = (): Readonly<Record<string, unknown>> => {
    number += 1;
    try {
      const value: unknown = JSON.parse(line);
      if (value !== null && typeof value === 'object' && !Array.isArray(value))
        return value as Record<string, unknown>;
    } catch (error) {
      throw new SampleError(`line ${number} is no JSON`, { cause: error });
    }
    throw new SampleError(`line ${number} is no JSON object`);
  };
  const end = { early: false };
  for await (const char of characters(pieces, end))
    if (char !== '\n') line += char;
    else {
      if (line.trim() !== '') yield parsed();
      line = '';
    }
  if (!end.early && line.trim() !== '') yield parsed();
}

/** The characters of a file, up to the most bytes that are looked at. @param end is told where it ends before the file does */
async function* characters(
  pieces: AsyncIterable<Uint8Array>,
  end: { early: boolean },
): AsyncGenerator<string> {
  // A byte order mark is taken away by the decoder.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let read = 0;
  try {
    for await (const piece of pieces) {
      read += piece.length;
      if (read > MOST_BYTES) {
        end.early = true;
        return;
      }
      yield* decoder.decode(piece, { stream: true });
    }
    yield* decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new SampleError('the file is not in UTF-8', { cause: error });
    throw error;
  }
}
