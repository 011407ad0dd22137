/** Whether what is served as an organisation’s mailbox is what this release makes of its profile, byte for byte. */
import type { MailboxFolder } from './files';

/** Something in which the two differ. */
export type ServedDifference =
  | { readonly what: 'missing' | 'other bytes' | 'not of this release'; readonly name: string }
  /** Undefined where the header is not there. */
  | { readonly what: 'header'; readonly name: string; readonly found: string | undefined };

/** What was found: the bytes of each file, and what is said with the page. */
export interface Served {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** By names in lower case; undefined of a folder, with which nothing is said. */
  readonly headers: ((name: string) => string | null) | undefined;
}

/** All in which what is served differs. None: it is the same. */
export function servedDifferences(wanted: MailboxFolder, { files, headers }: Served): ServedDifference[] {
  return [
    ...[...wanted.files].flatMap(([name, { bytes }]): ServedDifference[] => {
      const found = files.get(name);
      if (found === undefined) return [{ what: 'missing', name }];
      return bytes.equals(found) ? [] : [{ what: 'other bytes', name }];
    }),
    ...[...files.keys()]
      .filter((name) => !wanted.files.has(name))
      .map((name): ServedDifference => ({ what: 'not of this release', name })),
    ...Object.entries(headers === undefined ? {} : wanted.headers).flatMap(
      ([name, value]): ServedDifference[] => {
        const found = headers?.(name) ?? undefined;
        return found === value ? [] : [{ what: 'header', name, found }];
      },
    ),
  ];
}
