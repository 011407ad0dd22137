/** Two states of a text as one, with what was taken out and what was put in, as lawyers mark it. */
import { deleted, inserted, joined, type Sentence, type Words } from '../words';

/** More words and spaces than this on each side are shown one after the other: nobody reads such a text word by word. */
const MOST_WORDS = 3000;

/** The words of both, in the order of the later; a longest common run of words stays as it is. */
export function redline(before: string, after: string): Sentence {
  const was = before.split(/(\s+)/);
  const is = after.split(/(\s+)/);
  if (was.length > MOST_WORDS || is.length > MOST_WORDS)
    return joined([deleted(before), inserted(after)], ' ');
  const parts: Words[] = [];
  let [i, j] = [0, 0];
  const lengths = commonLengths(was, is);
  const length = (a: number, b: number) => lengths[a]?.[b] ?? 0;
  let [out, put] = ['', ''];
  const flush = () => {
    if (out !== '') parts.push(deleted(out));
    if (put !== '') parts.push(inserted(put));
    [out, put] = ['', ''];
  };
  while (i < was.length || j < is.length) {
    if (i < was.length && j < is.length && was[i] === is[j]) {
      flush();
      parts.push(was[i] ?? '');
      i += 1;
      j += 1;
    } else if (j < is.length && (i >= was.length || length(i, j + 1) >= length(i + 1, j))) {
      put += is[j];
      j += 1;
    } else {
      out += was[i];
      i += 1;
    }
  }
  flush();
  return joined(parts);
}

/** The lengths of the longest common subsequences of what follows each two places. */
function commonLengths(was: readonly string[], is: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: was.length + 1 }, () => new Uint16Array(is.length + 1));
  for (let i = was.length - 1; i >= 0; i--)
    for (let j = is.length - 1; j >= 0; j--) {
      const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array];
      row[j] =
        was[i] === is[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  return rows;
}
