/**
 * The names that stand in a text: ids, accounts and mailboxes of the register, and what tells itself by its form. Whatever else
 * stands there is no name.
 */

/** What a name is a name of. All names of one kind are written by one grammar; of the last five, all are of one length. */
export type NameKind =
  | 'organisation'
  | 'agreement'
  | 'role'
  | 'sid'
  | 'words'
  | 'account'
  | 'asset'
  | 'share'
  | 'day'
  | 'instant';

/** The names that may stand in a template, with their kinds. Whatever else stands there belongs to its shape. */
export type Names = ReadonlyMap<string, NameKind>;

/** Names that tell themselves by their form: digests of assets, the digests that begin the names of shares, and days. */
const SELF_EVIDENT = {
  asset: '\\b[0-9a-f]{64}\\b',
  share: '\\b[0-9a-f]{12}(?=--)',
  instant: '\\b20\\d\\d-[01]\\d-[0-3]\\dT\\d\\d:\\d\\d:\\d\\dZ',
  day: '\\b20\\d\\d-[01]\\d-[0-3]\\d\\b',
} as const satisfies Partial<Record<NameKind, string>>;
/** The kinds of those names, in the order in which they are looked for. */
export const EVIDENT_KINDS = ['asset', 'share', 'instant', 'day'] as const satisfies readonly NameKind[];
/** Words that hyphens join, of which ids consist, alone or with an account among them. */
const HYPHENATED = '[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*';
const WHOLE_HYPHENATED = new RegExp(`^${HYPHENATED}$`);

/** What finds names, and whatever could be one. */
function patternOf(others: readonly string[]): RegExp {
  const evident = EVIDENT_KINDS.map((kind) => `(${SELF_EVIDENT[kind]})`);
  return new RegExp([...others, ...evident, HYPHENATED].join('|'), 'g');
}

const WITHOUT_OTHERS = patternOf([]);

/** What the name of an organisation’s stack begins with, before its id. */
const STACK = 'Organisation-';

/** An account within words that hyphens join. */
const ACCOUNT = /(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])/g;
const ACCOUNT_LENGTH = 12;

/** Takes names out of texts. */
export class NameMask {
  /** Names that are not words joined by hyphens, such as ARNs. Few texts hold one, and a pattern of them all is slow. */
  readonly #others: readonly string[];
  readonly #pattern: RegExp;

  /**
   * @param names those that may stand in the texts
   * @param nameless tells texts that hold none, and no other mask’s either
   */
  constructor(
    private readonly names: Names,
    private readonly nameless = new NamelessTexts([names]),
  ) {
    // The longest first: a name that begins with another is not that other.
    this.#others = [...names.keys()]
      .filter((name) => !WHOLE_HYPHENATED.test(name))
      .sort((a, b) => b.length - a.length);
    const others = this.#others.map((name) => `(?<![A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])`);
    this.#pattern = patternOf(others);
  }

  /** The text with each name replaced by what `mask` gives for it. */
  replace(text: string, mask: Masking): string {
    return joined(this.split(text), mask);
  }

  /** The text in pieces: its names, with what each is a name of, and what stands between them. */
  split(text: string): readonly Piece[] {
    if (this.nameless.has(text)) return [text];
    const pieces: Piece[] = [];
    let end = 0;
    const add = (name: string, kind: NameKind, at: number) => {
      if (at > end) pieces.push(text.slice(end, at));
      pieces.push({ name, kind });
      end = at + name.length;
    };
    const pattern = this.#others.some((name) => text.includes(name)) ? this.#pattern : WITHOUT_OTHERS;
    for (const match of text.matchAll(pattern)) {
      const [found, ...evident] = match;
      const index = EVIDENT_KINDS.findIndex((_kind, at) => evident[at] !== undefined);
      const kind = index >= 0 ? EVIDENT_KINDS[index] : this.names.get(found);
      if (kind !== undefined) add(found, kind, match.index);
      else if (found.startsWith(STACK) && this.names.get(found.slice(STACK.length)) === 'organisation')
        add(found.slice(STACK.length), 'organisation', match.index + STACK.length);
      else if (found.length >= ACCOUNT_LENGTH)
        for (const { 0: account, index: within } of found.matchAll(ACCOUNT))
          if (this.names.get(account) === 'account') add(account, 'account', match.index + within);
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  }
}

const EVIDENT = new RegExp(Object.values(SELF_EVIDENT).join('|'));

/** Letters and digits in a row. No name begins or ends among them. */
const RUN = /[A-Za-z0-9]+/g;

/**
 * Texts in which no name of any template stands. Most texts of a template are of this kind, and stand in others too; to take a
 * text for one that may hold a name costs a closer look and no more.
 */
export class NamelessTexts {
  /** The longest run of each name: where the name stands, so does this by itself. */
  readonly #runs = new Set<string>();
  readonly #known = new Set<string>();
  /** Whether each name has a run. */
  #areTold = true;

  /** @param all the names of each template */
  constructor(all: Iterable<Names>) {
    for (const names of all)
      for (const name of names.keys()) {
        const runs = name.match(RUN);
        if (runs === null) this.#areTold = false;
        else this.#runs.add(runs.reduce((longest, run) => (run.length > longest.length ? run : longest)));
      }
  }

  /** Whether a text is surely one of them. */
  has(text: string): boolean {
    if (!this.#areTold) return false;
    if (this.#known.has(text)) return true;
    if (EVIDENT.test(text) || text.match(RUN)?.some((run) => this.#runs.has(run))) return false;
    this.#known.add(text);
    return true;
  }
}

/** A name in a text, or what stands between names. */
export type Piece = string | { readonly name: string; readonly kind: NameKind };

/** What stands for a name. */
type Masking = (name: string, kind: NameKind) => string;

/** The text of pieces, with each name replaced by what `mask` gives for it. */
export function joined(pieces: readonly Piece[], mask: Masking): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : mask(piece.name, piece.kind);
  return text;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
