/** Words of a command line, as a reader can copy them into a shell. */

/** One word, in quotation marks where a POSIX shell would take it apart or read more into it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
