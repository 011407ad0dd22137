/** Whether what is served as an organisation’s mailbox is what this release makes of its profile, byte for byte. */
import type { MailboxFolder } from './files';
import { type HeadersFound, type Said, saidDifferences } from './said';

/** Something in which the two differ. */
export type ServedDifference =
  | { readonly what: 'missing' | 'other bytes' | 'not of this release'; readonly name: string }
  | Said;

/** What was found: the bytes of each file, and what is said with it. */
export interface Served {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Of the files that were answered; undefined of a folder, with which nothing is said. */
  readonly headers: HeadersFound | undefined;
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
    ...(headers === undefined ? [] : saidDifferences(wanted, headers)),
  ];
}
