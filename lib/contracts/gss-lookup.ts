/** What the engine asks of the table of GSS codes, which it does not hold itself. */

/** Days from one to another, both as `2027-04-01`: the first counts, the last is the first on which the code is no longer used. */
export interface GssPeriod {
  /** Nothing where it has been in use for as long as there are codes. */
  readonly from?: string;
  /** Nothing where it is in use still. */
  readonly until?: string;
}

/** When a code, such as E06000001, was in use; nothing where it never was. */
export type GssLookup = (code: string) => readonly GssPeriod[] | undefined;
