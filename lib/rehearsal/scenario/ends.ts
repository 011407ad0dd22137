/** How each file ended, as the ledger tells it: each end once, and a report of what was not collected alone. */
import type { Seen } from '../script';
import type { Stage } from './stage';
import { EVERY_FILE, type File, keyOf } from './transfers';

/** What is read of an entry. */
export interface LedgerEntry {
  readonly metadata: { readonly uid: string; readonly event_code: string };
  readonly severity_id?: number;
  readonly file?: { readonly path: string };
  readonly unmapped?: {
    readonly verdict?: string;
    readonly reasons?: readonly string[];
    readonly recipient?: string;
    readonly scan?: string;
    readonly organisations?: readonly string[];
  };
}

/** Medium, of OCSF’s severities: somebody has to do something about it. */
const MEDIUM = 3;

/** Holds the ends of all files against the ledger. */
export async function endsAreTold(stage: Stage, entries: () => readonly LedgerEntry[]): Promise<void> {
  const { owner, recipient } = stage.props.cast;
  const of = (file: File, kind: string) =>
    entries().filter(
      ({ metadata, file: about }) => metadata.event_code === kind && about?.path.endsWith(keyOf(stage, file)),
    );
  const step = (words: string, expected: string, look: () => Seen) =>
    stage.step({ step: words, expected, decidedBy: 'the function' }, async () => look());
  const reported = (file: File) =>
    of(file, 'not-collected').filter(({ unmapped }) => unmapped?.recipient === recipient.id);

  await step(`${owner.id} is told of the file that ${recipient.id} did not collect`, 'one report', () => {
    const { length } = reported('uncollected');
    return { seen: length === 1 ? 'one report' : `${length} reports`, passed: length === 1 };
  });
  await step(`Of no other file it is said that ${recipient.id} did not collect it`, 'none', () => {
    const others = EVERY_FILE.filter((file) => file !== 'uncollected' && reported(file).length > 0);
    return { seen: others.length === 0 ? 'none' : others.join(', '), passed: others.length === 0 };
  });
  await step(`The ledger tells that ${owner.id} took a file back`, 'once', () => {
    const { length } = of('recalled', 'recalled');
    return { seen: length === 1 ? 'once' : `${length} times`, passed: length === 1 };
  });
  for (const [file, verdict] of [
    ['infected', 'THREATS_FOUND'],
    ['unscannable', 'UNSUPPORTED'],
  ] as const)
    await step(
      `${owner.id} and ${recipient.id} are told of the ${file} file`,
      `${verdict}, not as a trifle`,
      () => {
        const [told, ...more] = of(file, 'scanned');
        const { scan = 'nothing', organisations = [] } = told?.unmapped ?? {};
        const grave = (told?.severity_id ?? 0) >= MEDIUM;
        const both = [owner, recipient].every(({ account }) => organisations.includes(account));
        const passed = scan === verdict && grave && both && more.length === 0;
        return {
          seen: passed ? `${verdict}, not as a trifle` : `${scan}, to ${organisations.join(', ')}`,
          passed,
        };
      },
    );
  await step(`The copy by alias is told of as a read by ${recipient.id}`, 'once', () => {
    const reads = of('copied', 'collected').filter(({ unmapped }) => unmapped?.recipient === recipient.id);
    return { seen: reads.length === 1 ? 'once' : `${reads.length} times`, passed: reads.length === 1 };
  });
}
