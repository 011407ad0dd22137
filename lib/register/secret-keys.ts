/**
 * Secret keys that were pasted into a file of the register. What such a file says goes no further: neither its settings nor its
 * lines as they are, so that no report, log or screen shows the key once more.
 */
import type { Diagnostic } from './diagnostic';

const BEGINS = 'AGE-SECRET-KEY-';
/** A key may be broken over lines: what goes on directly below is of it, as far as it looks so. */
const SECRET = /AGE-SECRET-KEY-[A-Z0-9-]*(?:\s*\n\s*[A-Z0-9]{8,}(?=\s))*/gi;

/** The lines with every secret key blotted out, and where each stands; nothing where there is none. */
export function withoutSecretKeys(
  file: string,
  text: string,
): { readonly lines: readonly string[]; readonly diagnostics: readonly Diagnostic[] } | undefined {
  if (!text.toUpperCase().includes(BEGINS)) return undefined;
  const blotted = text.replace(SECRET, (key) => BEGINS + key.slice(BEGINS.length).replace(/[^\r\n]/g, '*'));
  const lines = blotted.split(/\r?\n/);
  const diagnostics = lines.flatMap((line, index): Diagnostic[] => {
    const at = line.indexOf(BEGINS);
    if (at < 0) return [];
    const end = /^\**/.exec(line.slice(at + BEGINS.length))?.[0].length ?? 0;
    return [
      {
        code: 'secret-key',
        place: {
          file,
          line: index + 1,
          column: at + 1,
          endLine: index + 1,
          endColumn: at + BEGINS.length + end + 1,
        },
        message:
          'a secret key of age stands here, which is not shown; it is known to everybody who has read the file',
        allowed: 'the public key, which begins with age1',
        fix: 'make a new key (concordat identity new), write its public key here, and never use this one again: taking it out of the file does not take it out of its history',
      },
    ];
  });
  return { lines, diagnostics };
}
