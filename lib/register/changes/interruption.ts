/** Writes a suspension or a pause into the text of a register file. What follows from one is worked out in `share.ts`. */
import type { IsoDate, Period } from '../calendar';
import type { RegisterFile } from '../folder';
import { settingLines, withSetting } from './yaml-edit';

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

/** A stop: it begins at once, or on the first day that there is anything to stop, and has no end. */
export interface Stop {
  readonly kind: InterruptionKind;
  readonly from: IsoDate;
  readonly reason: string;
}

/** Whether an interruption that a file has stops from that day on by itself. */
export function stopsFrom(already: Period | undefined, day: IsoDate): already is Period {
  return already !== undefined && already.from <= day && already.until === undefined;
}

/**
 * The file with a stop, whatever days it has for an interruption: one that is in force on the day goes on without an end, and
 * one that is over or to come makes way. Its lines stay above as comments, to be read, and to be put back after the stop.
 */
export function withStop(
  file: RegisterFile,
  { kind, from, reason }: Stop,
  already: Period | undefined,
): RegisterFile {
  if (already === undefined) return withInterruption(file, { kind, from, reason });
  const isInForce = already.from <= from && (already.until === undefined || from <= already.until);
  const first = isInForce ? already.from : from;
  return withSetting(file, kind, [
    `# Before the stop of ${from} this was:`,
    ...settingLines(file, kind).map((line) => `# ${line}`.trimEnd()),
    `${kind}:`,
    `  from: ${first}`,
    `  reason: ${JSON.stringify(reason)}`,
  ]);
}
