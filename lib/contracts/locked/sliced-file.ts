/** A file as those look at it who ask whether it is locked. */

/** A file of which any part can be had. */
export interface SlicedFile {
  readonly bytes: number;
  /** The bytes from one offset up to, not including, another. */
  slice(from: number, to: number): Promise<Uint8Array>;
}
