/** What entries say, which the ledger itself does not know: handed in by those who do. */

/** What came of reading an entry: whom it names as concerned (undefined if it does not say), or what is wrong with it. */
export type EntryReading =
  | { readonly organisations: readonly string[] | undefined }
  | { readonly fault: string };

/** What the entries of a ledger are. */
export interface EntryFormat {
  /** In the plural, for the verdict: `OCSF events`. */
  readonly name: string;
  /** The fields that `read` looks at, by their paths, such as `metadata.version`: it may be given an entry without the others. */
  readonly fields: readonly string[];
  /** Reads one entry, from its JSON. A fault is the rest of a sentence that begins with the entry: `is no OCSF event: ...`. */
  readonly read: (entry: unknown) => EntryReading;
  /** The file of the module that exports this format as `entryFormat`: threads load it from there. */
  readonly module: string;
}
