/**
 * Whether what a server says with the files of a mailbox is what this release says: what keeps a page that somebody changed from
 * speaking to others counts as much as its bytes, and a header that a server adds can undo it.
 */
import { headersOf, type MailboxFolder } from './files';

/** What is said with each file, by the names of files; of each, headers by names in lower case, null where there is none. */
export type HeadersFound = ReadonlyMap<string, (name: string) => string | null>;

/** A header that is not what it should be, alike with all these files. */
export interface Said {
  readonly what: 'header';
  readonly name: string;
  /** The files with which it is: all that were answered, or some. */
  readonly files: readonly string[];
  readonly ofAll: boolean;
  /** What it should be; undefined of one that nobody should add. */
  readonly wanted: string | undefined;
  /** What it is; undefined where it is missing. */
  readonly found: string | undefined;
}

/**
 * Headers that a server could add, and that would lead elsewhere, load or tell something, let other sites in, or say of a file that
 * it is another.
 * @see https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-refresh-header for `refresh`
 * @see https://html.spec.whatwg.org/multipage/semantics.html#processing-link-headers for `link`
 * @see https://www.w3.org/TR/reporting-1/ and https://www.w3.org/TR/network-error-logging/ for reports to others
 * @see https://www.w3.org/TR/service-workers/#service-worker-allowed for `service-worker-allowed`
 */
const NOT_TO_ADD = [
  'access-control-allow-origin',
  'content-disposition',
  'content-security-policy-report-only',
  'link',
  'nel',
  'origin-trial',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'set-cookie',
  'sourcemap',
  'speculation-rules',
];

/** All that is said otherwise. What is the same with several files is told once, in the order of the headers’ names. */
export function saidDifferences(wanted: MailboxFolder, found: HeadersFound): Said[] {
  const told = new Map<string, Omit<Said, 'ofAll'>>();
  for (const [file, header] of found) {
    if (!wanted.files.has(file)) continue;
    const said = headersOf(wanted, file);
    for (const name of [...Object.keys(said), ...NOT_TO_ADD]) {
      const [should, is] = [said[name], header(name) ?? undefined];
      if (should === is || (should && is && sameParts(name, should, is))) continue;
      const key = JSON.stringify([name, should, is]);
      const files = told.get(key)?.files ?? [];
      told.set(key, { what: 'header', name, files: [...files, file], wanted: should, found: is });
    }
  }
  return [...told.values()]
    .map((each) => ({ ...each, ofAll: each.files.length === found.size }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Values with the same parts, whatever their order, spaces and capitals: nothing that a browser does depends on these. */
function sameParts(name: string, a: string, b: string): boolean {
  const { lacks, adds } = partsApart(name, a, b);
  return lacks.length === 0 && adds.length === 0;
}

/**
 * In which parts a header’s value differs from what it should be. A part that stands there twice is one too many: of a content policy
 * the first counts, wherever the right one stands. A comma in one parts two policies, so it is no end of a part there.
 */
export function partsApart(
  name: string,
  wanted: string,
  found: string,
): { readonly lacks: readonly string[]; readonly adds: readonly string[] } {
  const split = (value: string) =>
    value
      .split(name === 'content-security-policy' ? ';' : /[;,]/)
      .map((part) => part.trim().replace(/\s+/g, ' '))
      .filter((part) => part !== '');
  const alike = (part: string) => part.toLowerCase().replaceAll('"', '');
  const [should, is] = [split(wanted), split(found)];
  const has = (parts: readonly string[], part: string) => parts.some((each) => alike(each) === alike(part));
  return {
    lacks: should.filter((part) => !has(is, part)),
    adds: is.filter((part, index) => !has(should, part) || has(is.slice(0, index), part)),
  };
}
