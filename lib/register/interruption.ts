/** Adds a suspension or a pause to the text of a register file, and leaves every other byte as it is. */

import type { IsoDate } from './calendar';
import type { RegisterFile } from './folder';

/** An agreement is suspended, an organisation is paused. */
export type InterruptionKind = 'suspended' | 'paused';

/** From when, and why. Without a last day it lasts until one is written. */
export interface Interruption {
  readonly kind: InterruptionKind;
  readonly from: IsoDate;
  readonly until?: IsoDate | undefined;
  readonly reason: string;
}

/** The file with the interruption at its end. The caller checks the register with it before writing it. */
export function withInterruption(
  file: RegisterFile,
  { kind, from, until, reason }: Interruption,
): RegisterFile {
  const text = Buffer.from(file.bytes).toString('utf8');
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : text + newline;
  // A JSON string is a YAML string in double quotes.
  const days = [`  from: ${from}`, ...(until === undefined ? [] : [`  until: ${until}`])];
  const lines = [`${kind}:`, ...days, `  reason: ${JSON.stringify(reason)}`, ''];
  return { path: file.path, bytes: Buffer.from(before + lines.join(newline)) };
}
