/** How a checkpoint is written, of whatever format: packed, so that one of many rules and places fits into what is kept. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CheckpointError } from './errors';
import { MOST_CHECKPOINT_BYTES } from './port';

/** No checkpoint that was made here unpacks to more. */
const MOST_UNPACKED = 8_000_000;

/** Packs it. @throws CheckpointError where it is larger than what is kept */
export function packed(standing: object): string {
  const text = deflateRawSync(JSON.stringify(standing)).toString('base64');
  if (text.length > MOST_CHECKPOINT_BYTES)
    throw new CheckpointError(
      `the checkpoint would have ${text.length} bytes, at most ${MOST_CHECKPOINT_BYTES} are kept`,
    );
  return text;
}

/** Unpacks it. What is in it is yet to be looked at. @throws CheckpointError for one that is damaged */
export function unpacked(text: string): unknown {
  try {
    const bytes = Buffer.from(text, 'base64');
    return JSON.parse(inflateRawSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString());
  } catch (cause) {
    throw new CheckpointError('the checkpoint is damaged', { cause });
  }
}
