/** What `concordat plan --saved` says: whether a saved plan is still of the two assemblies that are there. */
import { type Departure, tellDeparture } from '../../plan';
import type { SavedPlan } from '../../wire';
import { plainText, plural } from '../../words';

interface Looked {
  /** As the caller named it. */
  readonly file: string;
  readonly saved: SavedPlan;
  readonly departures: readonly Departure[];
}

/** For people. Ends with a line feed. */
export function departuresText({ file, saved, departures }: Looked): string {
  if (departures.length === 0)
    return `${file} is of these two assemblies, byte for byte: ${plural(saved.stacks.length, 'stack')} to deploy.\n`;
  return [
    `${file} is not of these two assemblies:`,
    ...departures.map((each) => `- ${plainText(tellDeparture(each))}`),
    'Do not deploy by it: make a plan of these.',
    '',
  ].join('\n');
}

/** For programs. Ends with a line feed. */
export function departuresJson({ departures }: Looked): string {
  const result = { form: 'concordat-plan-departures/v1', holds: departures.length === 0, departures };
  return `${JSON.stringify(result, null, 2)}\n`;
}
