/** Writes a suspension or a pause into the text of a register file. What follows from one is worked out in `share.ts`. */
import type { IsoDate } from '../calendar';
import type { RegisterFile } from '../folder';
import { withSetting } from './yaml-edit';

/** An agreement is suspended, an organisation is paused. */
export type InterruptionKind = 'suspended' | 'paused';

/** From when, and why. Without a last day it lasts until one is written. */
export interface Interruption {
  readonly kind: InterruptionKind;
  readonly from: IsoDate;
  readonly until?: IsoDate | undefined;
  readonly reason: string;
}

/**
 * The file with the interruption, in place of one of its kind or at its end; every other byte stays. The caller checks the
 * register with it before writing it.
 */
export function withInterruption(
  file: RegisterFile,
  { kind, from, until, reason }: Interruption,
): RegisterFile {
  const days = [`  from: ${from}`, ...(until === undefined ? [] : [`  until: ${until}`])];
  // A JSON string is a YAML string in double quotes.
  return withSetting(file, kind, [`${kind}:`, ...days, `  reason: ${JSON.stringify(reason)}`]);
}
