/**
 * Long words of others in pieces, each a block that a browser lays out only once it is looked at: of one block of some hundred thousand
 * characters that need several fonts, Chromium lays out no line within a minute, and nothing else of the page works meanwhile.
 * @see https://www.w3.org/TR/css-contain-2/#content-visibility
 */

/** A block has at most so many UTF-16 units. */
export const PIECE = 2_000;

/** The text, whole, as blocks: they end where lines do, or else where a piece is full. */
export function inPieces(text: string): HTMLDivElement[] {
  const pieces: HTMLDivElement[] = [];
  for (let at = 0; at < text.length; ) {
    const piece = document.createElement('div');
    const words = text.slice(at, endOf(text, at));
    piece.append(words);
    pieces.push(piece);
    at += words.length;
  }
  return pieces;
}

function endOf(text: string, at: number): number {
  const end = at + PIECE;
  if (end >= text.length) return text.length;
  const line = text.lastIndexOf('\n', end - 1);
  if (line >= at) return line + 1;
  // No half of a character.
  return /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end - 1 : end;
}
