/** Single files of a ledger that somebody has kept or was sent, named in what is wrong with them. */
import { parseCheckpoint, type SignedCheckpoint } from '../core/checkpoint';
import { LedgerFormatError } from '../core/errors';
import { BundleError } from './files';
import { type PinnedKey, parsePinnedKeys } from './keys';
import { COPY_AS_IT_IS, withLineFeeds } from './line-ends';

/** What to do about a file that can’t be taken, beside what is said of every such file. */
export interface WhatToDo {
  /** Where it holds nothing at all. */
  readonly empty: string;
  /** Where line ends were changed; what a copy needs, if left out. */
  readonly lineEnds?: string;
}

/** Reads a checkpoint. @throws BundleError that names the file, what is wrong with it, and what to do */
export function checkpointOf(bytes: Uint8Array, shown: string, toDo: WhatToDo): SignedCheckpoint {
  try {
    return parseCheckpoint(bytes);
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    throw new BundleError(`${shown} is no checkpoint: ${causeOf(bytes, error, toDo)}`, { cause: error });
  }
}

/** Reads a file of public keys. @throws BundleError that names the file and what is wrong with it */
export function pinnedKeysOf(bytes: Uint8Array, shown: string): PinnedKey[] {
  try {
    return parsePinnedKeys(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    throw new BundleError(`${shown}: ${error.message}: give a public key as PEM or as a vkey`, {
      cause: error,
    });
  }
}

function causeOf(
  bytes: Uint8Array,
  error: LedgerFormatError,
  { empty, lineEnds = COPY_AS_IT_IS }: WhatToDo,
): string {
  if (Buffer.from(bytes).toString('utf8').trim() === '') return `it is empty: ${empty}`;
  try {
    parseCheckpoint(withLineFeeds(bytes));
    return `its line ends were changed (there is CR where LF alone was written): ${lineEnds}`;
  } catch {
    return error.message;
  }
}
