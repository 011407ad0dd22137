/** Templates that stand for all of one shape: what a rule may bound in a name, its length, is tried at both ends. */
import { createHash } from 'node:crypto';
import { EVIDENT_KINDS } from './evident-names';
import type { NameKind, NameMask } from './name-mask';

/** Which end: each name as long as the longest of its kind, or as short as the shortest. */
type Extreme = 'longest' | 'shortest';

const OF_ONE_LENGTH: ReadonlySet<NameKind> = new Set(['account', ...EVIDENT_KINDS]);

/**
 * Gives texts with each name as long as the longest of its kind that stands in any template, or as short as the shortest. No length
 * that a rule may bound is left out between them.
 */
export class Stretch {
  readonly #lengths = new Map<NameKind, Record<Extreme, number>>();

  /** @param all the names in every template, with their kinds: in those of different accounts one may be of different kinds */
  constructor(all: Iterable<readonly [name: string, kind: NameKind]>) {
    for (const [name, kind] of all) {
      if (OF_ONE_LENGTH.has(kind)) continue;
      const { longest, shortest } = this.#lengths.get(kind) ?? {
        longest: 0,
        shortest: Number.POSITIVE_INFINITY,
      };
      this.#lengths.set(kind, {
        longest: Math.max(longest, name.length),
        shortest: Math.min(shortest, name.length),
      });
    }
  }

  /** The same text with names of another length. */
  to(which: Extreme, text: string, mask: NameMask): string {
    return mask.replace(text, (name, kind) => {
      const length = this.#lengths.get(kind)?.[which] ?? name.length;
      return name.length > length
        ? trimmed(name, kind, length)
        : name + filling(name, kind, length - name.length);
    });
  }

  /** Whether the text with each name at its longest is another than that with each at its shortest. */
  differsIn(text: string, mask: NameMask): boolean {
    return mask.split(text).some((piece) => {
      const lengths = typeof piece === 'string' ? undefined : this.#lengths.get(piece.kind);
      return lengths !== undefined && lengths.longest !== lengths.shortest;
    });
  }
}

/** A handle may hold hyphens and digits, so a longer one has some: a rule that forbids them must see them. */
function filling(name: string, kind: NameKind, more: number): string {
  if (kind === 'organisation' || kind === 'agreement')
    return '-1'.repeat(more).slice(0, more).replace(/-$/, 'x');
  return (name.at(-1) ?? 'x').repeat(more);
}

/** Ids and labels become other letters, so that two that begin alike remain two; all else keeps its beginning. */
function trimmed(name: string, kind: NameKind, length: number): string {
  if (kind === 'role' || kind === 'words') return name.slice(0, length).replace(/[^A-Za-z0-9]$/, 'x');
  const letters = Array.from(createHash('sha256').update(name).digest(), (byte) => byte % 26);
  return letters
    .map((letter) => String.fromCharCode(97 + letter))
    .join('')
    .repeat(2)
    .slice(0, length);
}
